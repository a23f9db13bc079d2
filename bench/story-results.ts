import { appendFile, readFile } from "node:fs/promises";
import { formatTable } from "./machine.ts";

/** One lived day, as a line of the results' file. */
export interface DayResult {
  day: string;
  /** Which code lived it; `+`: with uncommitted changes. */
  commit: string;
  kind: string;
  /** What was planned to happen. */
  happened: readonly string[];
  minutes: number;
  texts: number;
  incidents: number;
  /** What had to be noticed; without any, nothing may be opened. */
  harms: number;
  /** Contradictions by kind. */
  contradictions: Readonly<Record<string, number>>;
  /** The first ones of each place and kind. */
  examples: readonly string[];
  seconds: number;
  /** The machine's load average at its end. */
  load: number;
  /** Why it was not lived to its end; null: it was. */
  failed: string | null;
}

export async function readResults(file: string): Promise<DayResult[]> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as DayResult);
}

/** A run that is cut keeps what it lived. */
export async function keepResult(file: string, result: DayResult): Promise<void> {
  await appendFile(file, `${JSON.stringify(result)}\n`);
}

/** The last life of each day. */
export function lastLives(results: readonly DayResult[]): DayResult[] {
  return [...new Map(results.map((result) => [result.day, result])).values()];
}

export function contradictionsOf({ contradictions, failed }: DayResult): number {
  return sum(Object.values(contradictions), (count) => count) + (failed === null ? 0 : 1);
}

export function sayDay(result: DayResult): string {
  const { day, kind, happened, minutes, texts, incidents, harms, seconds, load, failed, examples } = result;
  const what = failed === null ? `${contradictionsOf(result)} contradictions` : `failed: ${failed}`;
  const line = `${day}, ${kind}: ${minutes} min, ${texts} texts, ${incidents} incidents of ${harms} harms, ${what}, ${seconds.toFixed(0)} s at a load of ${load.toFixed(0)}; ${happened.join("; ")}`;
  return [line, ...examples.map((example) => `  ${example}`)].join("\n");
}

/** By what goes wrong, then by the kind of contradiction. */
export function sayResults(results: readonly DayResult[]): string {
  const rows = [...Map.groupBy(results, ({ kind }) => kind)].map(([kind, days]) => rowOf(kind, days));
  const kinds = new Map<string, number>();
  for (const { contradictions, failed } of results) {
    for (const [kind, count] of Object.entries(contradictions)) kinds.set(kind, (kinds.get(kind) ?? 0) + count);
    if (failed !== null) kinds.set("failed", (kinds.get("failed") ?? 0) + 1);
  }
  const head = ["what goes wrong", "days", "minutes", "texts", "incidents", "days without harm or incident"];
  const tables = [formatTable([...head, "contradictions"], [...rows, rowOf("all", results)])];
  if (kinds.size > 0)
    tables.push(
      formatTable(
        ["kind of contradiction", "times"],
        [...kinds].sort((a, b) => b[1] - a[1]),
      ),
    );
  const commits = [...Map.groupBy(results, ({ commit }) => commit)].map(
    ([commit, days]) => `${days.length} on ${commit}`,
  );
  return [...tables, `Days by commit: ${commits.join(", ")}.`].join("\n\n");
}

function rowOf(kind: string, days: readonly DayResult[]): (string | number)[] {
  const quiet = days.filter(({ harms, incidents }) => harms === 0 && incidents === 0).length;
  return [
    kind,
    days.length,
    sum(days, ({ minutes }) => minutes),
    sum(days, ({ texts }) => texts),
    sum(days, ({ incidents }) => incidents),
    quiet,
    sum(days, contradictionsOf),
  ];
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
