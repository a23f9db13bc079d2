import { readFile } from "node:fs/promises";
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
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The name, in parentheses, may contain spaces: user and system time are the 12th and 13th field after it, in
  // hundredths.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields.length < 15) return null;
  const hundredths = fields.slice(11, withEnded ? 15 : 13).map(Number);
  return hundredths.reduce((sum, each) => sum + each, 0) / 100;
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
