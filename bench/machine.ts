import { readdir, readFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";

/** Figures mean little without it. */
export function describeMachine(): string {
  const [cpu] = cpus();
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${cpu?.model.trim() ?? "unknown processor"}, ${gib} GiB, Node ${process.versions.node}, ${process.platform}`;
}

/** Figures as a Markdown table for docs/performance.md. */
export function formatTable(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => (typeof cell === "number" ? cell.toLocaleString("en-US") : cell)).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

/** CPU seconds used by a process, to the hundredth, from Linux's /proc; null elsewhere or once it is gone. `withEnded`: and by its ended children. */
export async function processorSeconds(pid: number, { withEnded = false } = {}): Promise<number | null> {
  const found = await readStat(pid);
  return found && found.seconds + (withEnded ? found.endedSeconds : 0);
}

/** CPU seconds used by programs of this name among this process's descendants, and by their ended children; 0 where there is no /proc. */
export async function programSeconds(program: string): Promise<number> {
  const pids = (await readdir("/proc").catch(() => [])).map(Number).filter(Number.isInteger);
  const stats = new Map((await Promise.all(pids.map(readStat))).flatMap((stat) => (stat ? [[stat.pid, stat]] : [])));
  const isOurs = (pid: number): boolean => pid === process.pid || (pid > 1 && isOurs(stats.get(pid)?.parent ?? 0));
  let seconds = 0;
  for (const stat of stats.values()) {
    if (stat.program === program && isOurs(stat.pid)) seconds += stat.seconds + stat.endedSeconds;
  }
  return seconds;
}

async function readStat(pid: number) {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The name, in parentheses, may contain spaces. The times, from the 12th field after it, are in hundredths: user and system, then those of ended children.
  const [program, rest] = [
    stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")")),
    stat.slice(stat.lastIndexOf(")") + 2),
  ];
  const fields = rest.split(" ");
  if (fields.length < 15) return null;
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15).map(Number);
  const [seconds, endedSeconds] = [(user + system) / 100, (endedUser + endedSystem) / 100];
  return { pid, program, parent: Number(fields[1]), seconds, endedSeconds };
}

/** The resident memory of a process in bytes, from Linux's /proc; null elsewhere or once it is gone. */
export async function residentBytes(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kib === undefined ? null : Number(kib) * 1024;
}

/** By nearest rank; 0.5 is the median, 1 the largest. NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN;
}

/** How many milliseconds it takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}
