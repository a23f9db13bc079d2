import { readFileSync } from "node:fs";
import type { Database } from "#server/db/database.ts";
import { rollUpSlo } from "#server/slo/roll-up-slo.ts";
import { judgeAll } from "#test/judge-and-alert.ts";
import { flightsCatalogFile, readFlightEvents } from "./flights.ts";
import { openTestApi } from "./test-api.ts";
import { ManualClock, workerContext } from "./worker-context.ts";

/** The flights' timeliness objective: the share of hours closed within their deadline. */
export const januaryPromise = 0.95;
/** The clock's instant: every hour of January is due, and the month is not frozen yet. */
export const januaryEndsAt = "2001-02-02T12:00:00Z";

const tier = `apiVersion: tidemark/v1
kind: Tier
metadata: { name: high }
spec: { deadline: 2h, objectives: { timeliness: ${januaryPromise}, completeness: 0.999 } }`;

/** The whole month of flights in an empty database, judged and added up, as if the product had run all along. */
export async function loadJanuary(database: Database): Promise<void> {
  const clock = new ManualClock("2000-12-20T00:00:00Z");
  const api = openTestApi(database, { now: () => clock.now() });
  const send = async (path: string, body: string, type: string) => {
    const answer = await api.call("POST", `/api/v1${path}`, { body, headers: { "content-type": type } });
    if (!answer.ok) throw new Error(await answer.text());
  };
  await send("/catalogue", readFileSync(flightsCatalogFile, "utf8"), "application/yaml");
  await send("/catalogue", tier, "application/yaml");
  clock.set(januaryEndsAt);
  const events = (readFlightEvents() as { time: string }[]).filter(({ time }) => time < januaryEndsAt);
  for (let start = 0; start < events.length; start += 3_000) {
    await send("/events", JSON.stringify(events.slice(start, start + 3_000)), "application/cloudevents-batch+json");
  }
  const ctx = workerContext(database, clock);
  await judgeAll(ctx);
  while ((await rollUpSlo({ ctx, input: { limit: 1_000 } })) > 0);
  await api.close();
}
