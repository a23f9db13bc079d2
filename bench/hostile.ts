// npm run bench:hostile -- [--seconds 60 --clients 200]: what honest reporters, jobs and readers notice of hostile clients. The product
// with every worker under an honest load, for a while without and for as long with hostile clients (test/hostile/hostile-kinds.ts).
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openPublisher } from "#server/adapters/pubsub.ts";
import { type Latencies, startHonestLoad } from "#test/hostile/honest-load.ts";
import { findLost, setHonestScene } from "#test/hostile/honest-scene.ts";
import { readProductMemory } from "#test/hostile/product-memory.ts";
import { makeStolenTokens, startFlood } from "#test/hostile/start-flood.ts";
import { startProduct } from "#test/product/start-product.ts";
import { hasPubsubEmulator, startTestPubsub } from "#test/pubsub.ts";
import { buildWebApp } from "#workers/web/build.ts";
import { describeMachine, formatTable, percentile } from "./machine.ts";
import { probeTypes, probeVerdicts } from "./scale-probe.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    clients: { type: "string", default: "200" },
    /** Kinds of hostile clients, separated by commas; default: all. */
    only: { type: "string" },
  },
});
const seconds = Number(values.seconds);
const clients = Number(values.clients);
const only = values.only?.split(",");
const warmUpMs = 5_000;
const projectId = "bench";

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

  const phase = async () => {
    await sleep(warmUpMs);
    load.takeLatencies();
    memory.mark();
    await probe();
    memory.mark();
    return load.takeLatencies();
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
  const without = await phase();
  process.stderr.write(`${latencyTable(without, without)}\n`);
  const flood = await startFlood({
    ...{ url: product.url, tokens, clients },
    pubsub:
      emulator && (!only || only.includes("poison on Pub/Sub")) ? { projectId, emulatorHost: emulator.host } : null,
    ...(only ? { only } : {}),
  });
  const under = await phase();
  process.stderr.write(`${latencyTable(without, under)}\n${memory.table()}\n`);
  const answers = await flood.stop();
  await load.stop();
  const lost = await findLost(product, scene, load.ledger);
  return [
    `${describeMachine()}; ${seconds} s without and ${seconds} s with ${clients} hostile clients, on the same cores as the product, the emulator and the honest load.`,
    "",
    latencyTable(without, under),
    "",
    `Honest: ${said(load.failures)} failed; sent again: ${said(load.asked)}; events streamed: ${load.streamed}; differences in counts and verdicts: ${lost.length === 0 ? "none" : lost.join("; ")}.`,
    "",
    memory.table(),
    "",
    formatTable(
      ["hostile clients", "answers"],
      Object.entries(answers).map(([kind, counts]) => [kind, said(new Map(Object.entries(counts)))]),
    ),
  ].join("\n");
}

function said(counts: ReadonlyMap<string, number>): string {
  if (counts.size === 0) return "none";
  return [...counts].map(([what, count]) => `${what} × ${count.toLocaleString("en-US")}`).join(", ");
}

function latencyTable(without: Latencies, under: Latencies): string {
  const rows = [...without].map(([kind, before]) => {
    const after = under.get(kind) ?? [];
    const figure = (list: readonly number[], share: number) => percentile(list, share).toFixed(1);
    const ratio = (percentile(after, 0.99) / percentile(before, 0.99)).toFixed(2);
    return [
      kind,
      before.length,
      figure(before, 0.5),
      figure(before, 0.99),
      after.length,
      figure(after, 0.5),
      figure(after, 0.99),
      ratio,
    ];
  });
  return formatTable(["honest request, ms", "without", "p50", "p99", "with", "p50", "p99", "p99 ratio"], rows);
}

/** MiB of each process at the start, at most, and at the end, with the figures at the marks between. */
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
      const at = (mark: number, name: string) => Math.round(marks[mark]?.get(name) ?? Number.NaN);
      const rows = [...peaks].map(([name, peak]) => [name, at(0, name), at(1, name), Math.round(peak), at(3, name)]);
      return formatTable(["MiB of its own", "at first", "before the attack", "peak", "at its end"], rows);
    },
  };
}
