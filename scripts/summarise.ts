import type { FaultNote, Outcome, SlowNote, Stage } from "./outcome.ts";

const headings: [kind: FaultNote["kind"], heading: string][] = [
  ["skipped", "Skipped"],
  ["flaky", "Flaky: failed, then passed when it was tried again"],
  ["failed", "Failed"],
];

/**
 * How long each stage took, and everything that did not simply pass; the last line counts all of it: "412 passed, 0 failed".
 * Stages run side by side: `tookMs` is less than their sum.
 */
export function summarise(outcome: Outcome, tookMs: number): string {
  const total = { ...outcome, title: "All stages", durationMs: tookMs };
  const blocks = [
    ["Stages", ...table([...outcome.stages, total])],
    listSlow(outcome.notes.filter((note): note is SlowNote => note.kind === "slow")),
    ...headings.map(([kind, heading]) =>
      list(
        heading,
        outcome.notes.filter((note): note is FaultNote => note.kind === kind),
      ),
    ),
    [count(outcome)],
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function table(stages: Stage[]): string[] {
  const width = Math.max(...stages.map(({ title }) => title.length));
  return stages.map(
    (stage) => `  ${stage.title.padEnd(width)}  ${sayDuration(stage.durationMs).padStart(10)}  ${count(stage)}`,
  );
}

function listSlow(notes: SlowNote[]): string[] {
  if (notes.length === 0) return [];
  const slowestFirst = notes.toSorted((a, b) => b.seconds - a.seconds);
  return ["Slow", ...slowestFirst.map(({ name, seconds }) => `  ${sayDuration(seconds * 1000).padStart(10)}  ${name}`)];
}

function list(heading: string, notes: FaultNote[]): string[] {
  if (notes.length === 0) return [];
  return [
    `${heading} (${notes.length})`,
    ...notes.map(({ name, why }) => [`  ${name}`, ...why.split("\n").map((line) => `      ${line}`)].join("\n")),
  ];
}

function count({ passed, failed, skipped }: Pick<Outcome, "passed" | "failed" | "skipped">): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

function sayDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}
