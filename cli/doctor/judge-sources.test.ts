import { expect, test } from "vitest";
import { judgeSources } from "./judge-sources.ts";

const run = {
  startedAt: "2026-11-22T13:20:00Z",
  endedAt: "2026-11-22T13:20:01Z",
  succeededAt: "2026-11-22T13:20:01Z",
  failingSince: null as string | null,
  error: null as string | null,
  problems: [] as string[],
  calls: 12,
  events: 40,
  mapped: 1_200,
  notMapped: 0,
};

test("doctor says of each source whether it can be asked, and why not", () => {
  const since = "2026-11-22T13:00:00Z";
  const findings = judgeSources([
    { name: "a", state: "working", run: { ...run, notMapped: 3 } },
    { name: "b", state: "failing", run: { ...run, failingSince: since, error: "Permission denied. Grant it." } },
    { name: "c", state: "working", run: { ...run, problems: ["exporter: its age is negative."] } },
    { name: "d", state: "waiting", run: null },
    { name: "e", state: "disabled", run },
  ]);
  expect(findings.map(({ verdict, sentence }) => `${verdict} ${sentence}`)).toEqual([
    "ok Source a: 1,200 resources collected, 3 that no pattern matches.",
    `bad Source b: failing since ${since}: Permission denied. Grant it.`,
    "note Source c: exporter: its age is negative. `npx tidemark sources` lists all.",
    "note Source d: not collected yet.",
    "note Source e: disabled.",
  ]);
  expect(judgeSources([])).toEqual([]);
});
