// npm run bench:hostile -- [--seconds 60 --clients 200]: what honest reporters, jobs and readers notice of hostile clients. The product
// with every worker under an honest load, three times as long: alone, beside hostile clients (test/hostile/hostile-kinds.ts) that attack a
// decoy, which shows what their own use of the machine costs, and beside as many that attack the product.
import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openPublisher } from "#server/adapters/pubsub.ts";
import type { FloodResult } from "#test/hostile/flood.ts";
import { type Latencies, startHonestLoad } from "#test/hostile/honest-load.ts";
import { findLost, setHonestScene } from "#test/hostile/honest-scene.ts";
import { readProductMemory } from "#test/hostile/product-memory.ts";
import { makeStolenTokens, startDecoy, startFlood } from "#test/hostile/start-flood.ts";
import { startProduct } from "#test/product/start-product.ts";
import { listProductProcesses } from "#test/product-processes.ts";
import { hasPubsubEmulator, startTestPubsub } from "#test/pubsub.ts";
import { buildWebApp } from "#workers/web/build.ts";
import { describeMachine, formatTable, percentile, processorSeconds } from "./machine.ts";
import { probeTypes, probeVerdicts } from "./scale-probe.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    clients: { type: "string", default: "200" },
    /** Attacks a second, of all clients together. */
    rate: { type: "string", default: "50" },
    /** Kinds of hostile clients, separated by commas; default: all. */
    only: { type: "string" },
  },
});
const seconds = Number(values.seconds);
const clients = Number(values.clients);
const everyMs = (clients * 1_000) / Number(values.rate);
const only = values.only?.split(",");
const warmUpMs = 5_000;
const projectId = "bench";

interface Phase {
  name: string;
  latencies: Latencies;
  /** Processors that were busy: all of them, and those that a process used. */
  busy: Map<string, number>;
  flood: FloodResult | null;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
const undo: (() => Promise<unknown>)[] = [];
try {
  process.stdout.write(`${await measure()}\n`);
} finally {
  for (const step of undo.reverse()) await step().catch((error) => process.stderr.write(`${error}\n`));
}

async function measure(): Promise<string> {
  await buildWebApp({ say: (sentence) => process.stderr.write(`${sentence}\n`) });
  const emulator = hasPubsubEmulator ? await startTestPubsub() : null;
  if (emulator) undo.push(emulator.stop);
  const pubsub = emulator && { PUBSUB_PROJECT_ID: projectId, PUBSUB_EMULATOR_HOST: emulator.host };
  const product = await startProduct({ ...pubsub });
  undo.push(product.stop);
  const scene = await setHonestScene(product, probeTypes);
  const tokens = await makeStolenTokens(product);
  const publisher = emulator ? await openPublisher({ projectId, emulatorHost: emulator.host }) : null;
  if (publisher) undo.push(publisher.close);
  const load = await startHonestLoad({ product, publisher, ...scene });
  const memory = watchMemory(product.dataFolder);
  undo.push(memory.stop);

  /** `target`: what the hostile clients attack, and where they publish poison; null: there are none. */
  const phase = async (name: string, target: { url: string; projectId: string } | null): Promise<Phase> => {
    const poisons = emulator && (!only || only.includes("poison on Pub/Sub"));
    const flood =
      target &&
      (await startFlood({
        ...{ url: target.url, tokens, clients, everyMs },
        pubsub: poisons ? { projectId: target.projectId, emulatorHost: emulator.host } : null,
        ...(only ? { only } : {}),
      }));
    await sleep(warmUpMs);
    load.takeLatencies();
    memory.mark();
    const busy = await watchBusy(product.dataFolder, flood?.pid ?? null);
    await probe();
    const phase = { name, busy: await busy(), latencies: load.takeLatencies() };
    memory.mark();
    return { ...phase, flood: (await flood?.stop()) ?? null };
  };
  /** Counts of ended hours and how long their verdicts take, over both ways. */
  const probe = async () => {
    const probed = async (
      kind: string,
      types: typeof probeTypes,
      take: Parameters<typeof probeVerdicts>[0]["take"],
    ) => {
      const terms = { databaseUrl: scene.databaseUrl, hour: scene.hour, seconds, take, types };
      const times = await probeVerdicts(terms).catch((error: Error) => {
        process.stderr.write(`${kind}: ${error.message}\n`);
        return [Number.POSITIVE_INFINITY];
      });
      load.note(kind, times);
    };
    const half = probeTypes.length / 2;
    await Promise.all([
      probed("accepted over HTTP → verdict", probeTypes.slice(0, half), load.post),
      publisher && probed("published → verdict", probeTypes.slice(half), load.publish),
    ]);
  };

  // The first requests of a process are slower than all later ones.
  await sleep(warmUpMs);
  const phases = [await phase("alone", null)];
  const decoy = await startDecoy();
  phases.push(await phase("decoy attacked", { url: decoy.url, projectId: "decoy" }));
  await decoy.stop();
  process.stderr.write(`${latencyTable(phases)}\n\n${busyTable(phases)}\n`);
  const attacked = await phase("product attacked", { url: product.url, projectId });
  phases.push(attacked);
  await load.stop();
  const lost = await findLost(product, scene, load.ledger);
  return [
    `${describeMachine()}; three times ${seconds} s. ${clients} hostile clients, on the same cores as the product, the emulator and the honest load; attacks begun: ${phases.flatMap(({ name, flood }) => (flood ? `${name} ${flood.begun.toLocaleString("en-US")}` : [])).join(", ")}.`,
    "",
    latencyTable(phases),
    "",
    `Honest: ${said(load.failures)} failed; sent again: ${said(load.asked)}; events streamed: ${load.streamed}; differences in counts and verdicts: ${lost.length === 0 ? "none" : lost.join("; ")}.`,
    "",
    busyTable(phases),
    "",
    memory.table(),
    "",
    formatTable(
      ["hostile clients", "answers"],
      Object.entries(attacked.flood?.answers ?? {}).map(([kind, counts]) => [
        kind,
        said(new Map(Object.entries(counts))),
      ]),
    ),
  ].join("\n");
}

function said(counts: ReadonlyMap<string, number>): string {
  if (counts.size === 0) return "none";
  return [...counts].map(([what, count]) => `${what} × ${count.toLocaleString("en-US")}`).join(", ");
}

/** The last two columns compare the last phase with each of those before it. */
function latencyTable(phases: readonly Phase[]): string {
  const kinds = [...(phases[0]?.latencies.keys() ?? [])];
  const rows = kinds.map((kind) => {
    const times = phases.map(({ latencies }) => latencies.get(kind) ?? []);
    const figures = times.map((list) => [0.5, 0.99].map((share) => percentile(list, share).toFixed(0)).join(", "));
    const p99s = times.map((list) => percentile(list, 0.99));
    const ratios = p99s.slice(0, -1).map((p99) => ((p99s.at(-1) ?? Number.NaN) / p99).toFixed(2));
    return [kind, times.map((list) => list.length).join(", "), ...figures, ...ratios];
  });
  const named = phases.map(({ name }) => `${name}: p50, p99`);
  const compared = phases.slice(0, -1).map(({ name }) => `p99 to ${name}`);
  return formatTable(["honest request, ms", "requests", ...named, ...compared], rows);
}

function busyTable(phases: readonly Phase[]): string {
  const names = new Set(phases.flatMap(({ busy }) => [...busy.keys()]));
  return formatTable(
    ["processors busy", ...phases.map(({ name }) => name)],
    [...names].map((name) => [name, ...phases.map(({ busy }) => busy.get(name)?.toFixed(2) ?? "")]),
  );
}

/** Call what it returns for the mean since. */
async function watchBusy(dataFolder: string, floodPid: number | null): Promise<() => Promise<Map<string, number>>> {
  const read = async () => {
    const used = cpus().map(({ times: { idle, ...others } }) => Object.values(others).reduce((sum, ms) => sum + ms, 0));
    const ofProduct = new Map<string, number>();
    for (const { pid, name } of await listProductProcesses(dataFolder))
      ofProduct.set(name, (ofProduct.get(name) ?? 0) + ((await processorSeconds(pid)) ?? 0));
    return new Map([
      ["all", used.reduce((sum, ms) => sum + ms, 0) / 1_000],
      ...ofProduct,
      ...(floodPid === null ? [] : [["hostile clients", (await processorSeconds(floodPid)) ?? 0] as const]),
      ["honest load", process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6],
    ]);
  };
  const startedAtMs = performance.now();
  const before = await read();
  return async () => {
    const since = (performance.now() - startedAtMs) / 1_000;
    return new Map([...(await read())].map(([name, used]) => [name, (used - (before.get(name) ?? 0)) / since]));
  };
}

/** MiB of each process at the start, before the attack on the product, at most, and at its end. */
function watchMemory(dataFolder: string) {
  const peaks = new Map<string, number>();
  const marks: Map<string, number>[] = [];
  const look = async () => {
    const now = new Map((await readProductMemory(dataFolder)).map(({ name, bytes }) => [name, bytes / 1024 ** 2]));
    for (const [name, mib] of now) peaks.set(name, Math.max(peaks.get(name) ?? 0, mib));
    return now;
  };
  const timer = setInterval(() => void look(), 1_000);
  return {
    mark: () => void look().then((now) => marks.push(now)),
    stop: async () => clearInterval(timer),
    table() {
      const at = (mark: number, name: string) => Math.round(marks.at(mark)?.get(name) ?? Number.NaN);
      const rows = [...peaks].map(([name, peak]) => [name, at(0, name), at(-3, name), Math.round(peak), at(-1, name)]);
      return formatTable(["MiB of its own", "at first", "before the attack", "peak", "at its end"], rows);
    },
  };
}
