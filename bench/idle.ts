// npm run bench:idle [-- --minutes 5 --types 20 --first]: the memory of the built product, idle, on an empty database with a small catalogue.
// --first: as it is after the very first start, which compiles everything and migrates the database.
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { formatHour, hourOf } from "#domain/hour.ts";
import { startProduct } from "#test/product/start-product.ts";
import { listProductProcesses, type ProductProcess } from "#test/product-processes.ts";
import { buildWebApp } from "#workers/web/build.ts";
import { describeMachine, formatTable, percentile, processorSeconds } from "./machine.ts";
import { applyYesterday } from "./page-fleet.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    types: { type: "string", default: "20" },
    port: { type: "string", default: "3995" },
    first: { type: "boolean", default: false },
  },
});
const waitedMs = Number(values.minutes) * 60_000;
const samples = 5;
const apartMs = 5_000;
const datacenters = ["ams", "fra", "sjc"];
/** The first edition's, resident, in eight processes, as its own page of figures said. */
const firstEditionMb = 1_090;

interface Memory {
  name: string;
  residentMib: number;
  /** Each page divided among the processes that share it. */
  proportionalMib: number;
  /** In no other process. */
  privateMib: number;
  /** Milliseconds of a core in a second. */
  processorMs: number;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
await buildWebApp({ say: (sentence) => process.stderr.write(`${sentence}\n`) });
const folder = await mkdtemp(join(tmpdir(), "tidemark-bench-idle-"));
// PostgreSQL, which is not root, finds its data below it.
await chmod(folder, 0o711);
const settings = {
  PORT: values.port,
  TIDEMARK_LOG_LEVEL: "warn",
  TIDEMARK_DATA_DIR: join(folder, "data"),
  // As `npm start` keeps it (server/process/keep-compiled.mjs). The first start fills it.
  NODE_COMPILE_CACHE: join(folder, "compiled"),
};
if (!values.first) await (await startProduct(settings)).stop();
const product = await startProduct(settings);
try {
  await applyYesterday(product, catalogue(Number(values.types)));
  await sleep(waitedMs);
  process.stdout.write(`${render(await measure(product.dataFolder))}\n`);
} finally {
  await product.stop();
  await rm(folder, { recursive: true, force: true });
}

function catalogue(types: number): string {
  const activeFrom = formatHour(hourOf(new Date()));
  const document = (kind: string, name: string, spec: object) =>
    stringify({ apiVersion: "tidemark/v1", kind, metadata: { name }, spec: { ...spec, activeFrom } });
  return [
    ...datacenters.map((name) => document("Datacenter", name, {})),
    ...Array.from({ length: types }, (_, index) =>
      document("EventType", `Idle${index}`, { owner: "idle", tier: "low" }),
    ),
  ].join("---\n");
}

/** The median of several moments of each process; the database's processes together. */
async function measure(dataFolder: string): Promise<Memory[]> {
  const processes = await listProductProcesses(dataFolder);
  const [startedAtMs, before] = [performance.now(), await secondsOf(processes)];
  const moments: Omit<Memory, "processorMs">[][] = [];
  for (let taken = 0; taken < samples; taken += 1) {
    await sleep(apartMs);
    moments.push(await Promise.all(processes.map(readMemory)));
  }
  const after = await secondsOf(processes);
  const seconds = (performance.now() - startedAtMs) / 1_000;
  const medians = processes.map(({ name }, index) => {
    const median = (field: "residentMib" | "proportionalMib" | "privateMib") =>
      percentile(
        moments.map((each) => each[index]?.[field] ?? 0),
        0.5,
      );
    return {
      name,
      residentMib: median("residentMib"),
      proportionalMib: median("proportionalMib"),
      privateMib: median("privateMib"),
      // One of PostgreSQL's that has ended meanwhile is not counted.
      processorMs: (((after[index] ?? before[index] ?? 0) - (before[index] ?? 0)) * 1_000) / seconds,
    };
  });
  const postgres = medians.filter(({ name }) => name === "postgres");
  return [...medians.filter(({ name }) => name !== "postgres"), total("postgres", postgres)];
}

function secondsOf(processes: readonly ProductProcess[]): Promise<(number | null)[]> {
  return Promise.all(processes.map(({ pid }) => processorSeconds(pid)));
}

/** Zeros for a process that has ended: PostgreSQL's come and go. */
async function readMemory({ pid, name }: ProductProcess): Promise<Omit<Memory, "processorMs">> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
  const mib = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(text)?.[1] ?? 0) / 1024;
  const privateMib = mib("Private_Clean") + mib("Private_Dirty");
  return { name, residentMib: mib("Rss"), proportionalMib: mib("Pss"), privateMib };
}

function total(name: string, of: readonly Memory[]): Memory {
  const sum = (field: Exclude<keyof Memory, "name">) => of.reduce((all, each) => all + each[field], 0);
  return {
    name,
    residentMib: sum("residentMib"),
    proportionalMib: sum("proportionalMib"),
    privateMib: sum("privateMib"),
    processorMs: sum("processorMs"),
  };
}

function render(memories: readonly Memory[]): string {
  const own = memories.filter(({ name }) => name !== "postgres");
  const totals = [total(`Tidemark, ${own.length} processes`, own), total("with PostgreSQL", memories)];
  const row = ({ name, residentMib, proportionalMib, privateMib, processorMs }: Memory) => [
    name,
    ...[residentMib, proportionalMib, privateMib, processorMs].map(Math.round),
  ];
  const first = Math.round((firstEditionMb * 1e6) / 2 ** 20);
  return [
    `${describeMachine()}; ${values.types} types × ${datacenters.length} datacenters, idle for ${values.minutes} min after ${values.first ? "its first start" : "a restart"}; load ${(loadavg()[0] ?? 0).toFixed(1)}.`,
    "",
    formatTable(
      ["process", "resident MiB", "proportional MiB", "private MiB", "CPU ms a second"],
      [...[...memories, ...totals].map(row), ["the first edition, 8 processes", first, "–", "–", "–"]],
    ),
  ].join("\n");
}
