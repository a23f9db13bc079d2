import { askNow, fitModel, forecastHour, seeNow } from "#domain/forecast.ts";
import { openDatabase } from "#server/db/database.ts";
import { fitForecast } from "#server/forecast/fit-forecast.ts";
import { loadForecastFacts } from "#server/forecast/load-forecast-facts.ts";
import { loadHistory } from "#server/forecast/load-history.ts";
import { refreshForecasts } from "#server/forecast/refresh-forecasts.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { formatTable } from "./machine.ts";
import { startBenchPostgres } from "./postgres.ts";
import { fillCatalogue, fillVerdicts, typeCount } from "./read-history.ts";

const now = new Date("2026-11-22T13:25:00Z");
const from = new Date("2026-10-23T13:00:00Z");
const fewTypes = 40;

/** The cost of fitting and forecasting, with a month of 500 types in the database. */
export async function measureSpeed(): Promise<string> {
  const postgres = await startBenchPostgres();
  const database = openDatabase(postgres.url, { maxConnections: 3 });
  try {
    const ctx = workerContext(database, new ManualClock(now.toISOString()));
    await fillCatalogue(database, from, now);
    await fillVerdicts(database, from, new Date("2026-11-22T14:00:00Z"), now);
    await database.sql.query("ANALYZE");
    const history = await loadHistory(database.sql, now);
    const closings = { ...history.closings, types: history.closings.types.slice(0, fewTypes) };
    const fitMs = await best(() => fitModel({ ...history, closings }));
    const fitAllMs = await best(() => fitForecast({ ctx }));
    const refreshMs = await best(() => refreshForecasts({ ctx }), 5);
    const { hours } = await refreshForecasts({ ctx });
    const fitted = fitModel({ ...history, closings });
    const { facts } = await loadForecastFacts(database.sql, now);
    if (!fitted) throw new Error("Nothing was learned.");
    const { model } = fitted;
    const questions = askNow(facts, seeNow(facts), model);
    const askMs = await best(() => askNow(facts, seeNow(facts), model), 10);
    const sayMs = await best(() => questions.map((question) => forecastHour(model, question)), 10);
    const each = (ms: number) => `${((ms * 1000) / questions.length).toFixed(1)} µs`;
    return [
      "### What it costs",
      "",
      formatTable(
        ["", "time"],
        [
          [`fit to 30 days of ${fewTypes} types, four fits for the calibration included`, `${fitMs.toFixed(0)} ms`],
          [`the hourly fit with ${typeCount} types, history read and model stored`, `${fitAllMs.toFixed(0)} ms`],
          [
            `refresh of ${hours} unclosed hours of ${typeCount} types, facts read and forecasts stored`,
            `${refreshMs.toFixed(0)} ms`,
          ],
          ["of that, signs and surroundings of one hour", each(askMs)],
          ["of that, probability and both instants of one hour", each(sayMs)],
        ],
      ),
    ].join("\n");
  } finally {
    await database.close();
    await postgres.stop();
  }
}

/** The shortest of several rounds: least affected by the machine's other work. */
async function best(work: () => unknown, rounds = 3): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const startedAtMs = performance.now();
    await work();
    least = Math.min(least, performance.now() - startedAtMs);
  }
  return least;
}
