import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { addHours, hourOf } from "#domain/hour.ts";
import { openDatabase } from "#server/db/database.ts";
import { nginx, openssl, startDocumentedNginx } from "#test/nginx.ts";
import { freePort } from "#test/product/start-product.ts";
import { formatTable, percentile, processorSeconds } from "./machine.ts";
import { startBenchPostgres } from "./postgres.ts";
import { fillCatalogue, fillVerdicts } from "./read-history.ts";
import { startWebProcess, type WebProcess } from "./web-process.ts";

const types = 500;
const historyHours = 72;
const readers = 16;
const secondsEach = 15;
const warmUpSeconds = 5;
const rounds = 2;

/** The board as pages request it, by readers that ask again at once, through nginx as docs/machines.md sets it up. */
export async function measureBoard(): Promise<string> {
  if (!nginx || !openssl) return "No nginx and openssl on this machine: the board was not measured.";
  const postgres = await startBenchPostgres();
  const undo: (() => Promise<unknown>)[] = [postgres.stop];
  const rows: (string | number)[][] = [];
  try {
    const now = new Date();
    const database = openDatabase(postgres.url);
    await fillCatalogue(database, addHours(hourOf(now), -historyHours), now, types);
    await fillVerdicts(database, addHours(hourOf(now), -historyHours), addHours(hourOf(now), 1), now);
    await database.sql.query("VACUUM ANALYZE");
    await database.close();
    const webs = [
      await startWebProcess(postgres.url, await freePort()),
      await startWebProcess(postgres.url, await freePort()),
    ];
    undo.push(...webs.map((web) => web.stop));
    for (let round = 1; round <= rounds; round += 1) {
      for (const count of [1, 2]) {
        rows.push([count, round, ...(await measureBehindNginx(webs.slice(0, count)))]);
        process.stderr.write(`${rows.at(-1)?.join(" ")}\n`);
      }
    }
  } finally {
    for (const step of undo.reverse()) await step();
  }
  return formatTable(
    ["web processes", "round", "boards/s", "p50 ms", "p95 ms", "CPU ms a board, web processes"],
    rows.sort(([a], [b]) => Number(a) - Number(b)),
  );
}

async function measureBehindNginx(webs: readonly WebProcess[]): Promise<(string | number)[]> {
  const port = await freePort();
  const [first, second] = [webs[0], webs.at(-1)];
  const proxy = await startDocumentedNginx(port, {
    page: "machines.md",
    replaced: [
      ["10.0.0.11:3000", `127.0.0.1:${first?.port}`],
      ["10.0.0.12:3000", `127.0.0.1:${second?.port}`],
    ],
  });
  const agent = new Agent({ keepAlive: true, maxSockets: readers, ca: proxy.certificate });
  const ask = async () => {
    const headers = { authorization: `Bearer ${first?.token}`, "accept-encoding": "gzip" };
    const asked = request({ host: "localhost", port, path: "/api/v1/board/compact", headers, agent });
    asked.end();
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    for await (const _ of answer);
    if (answer.statusCode !== 200) throw new Error(`The board answered ${answer.statusCode}.`);
  };
  const askFor = async (seconds: number) => {
    const times: number[] = [];
    const endsAtMs = performance.now() + seconds * 1_000;
    const read = async () => {
      while (performance.now() < endsAtMs) {
        const startedAtMs = performance.now();
        await ask();
        times.push(performance.now() - startedAtMs);
      }
    };
    await Promise.all(Array.from({ length: readers }, read));
    return times;
  };
  try {
    await askFor(warmUpSeconds);
    const usedBefore = await secondsOf(webs);
    const times = await askFor(secondsEach);
    const used = (await secondsOf(webs)) - usedBefore;
    const figures = [percentile(times, 0.5), percentile(times, 0.95), (used * 1_000) / times.length];
    return [(times.length / secondsEach).toFixed(0), ...figures.map((ms) => ms.toFixed(1))];
  } finally {
    agent.destroy();
    await proxy.stop();
  }
}

async function secondsOf(webs: readonly WebProcess[]): Promise<number> {
  const seconds = await Promise.all(webs.map(({ pid }) => processorSeconds(pid)));
  return seconds.reduce<number>((sum, each) => sum + (each ?? 0), 0);
}
