import { expect, test } from "vitest";
import type { CauseJson } from "#domain/api/explanation.ts";
import type { VerdictJson } from "#domain/api/verdict.ts";
import { shareReasons } from "./share-reasons.ts";

const silence: CauseJson = {
  code: "datacenter_silent",
  datacenter: "sjc",
  stage: "produced",
  since: null,
  component: null,
  instance: null,
  version: null,
  deploymentId: null,
  score: 0.9,
  sentence: "sjc has sent nothing, of any type, since 11:52 UTC. Check its hosts.",
  evidence: [evidence("sjc has sent nothing, of any type, since 11:52 UTC."), evidence("Tidemark is not deaf.")],
};
const loss: CauseJson = {
  ...silence,
  code: "stage_loss",
  datacenter: "ash",
  sentence: "Events of ash were lost between the queue and the partition.",
  evidence: [evidence("360 fewer were delivered than published.")],
};
const silent: VerdictJson["reasons"][number] = {
  code: "datacenter_silent",
  datacenter: "sjc",
  message: "sjc has sent nothing since 11:52 UTC.",
};
const lost: VerdictJson["reasons"][number] = {
  code: "lost_events",
  datacenter: "ash",
  message: "ash lost 360 of 8,570 events (4.2 %).",
};

test("a silence is said once: neither as a reason nor as evidence of itself", () => {
  const { causes, rest } = shareReasons([silent], [silence]);
  expect(rest).toEqual([]);
  expect(facts(causes)).toEqual([["Tidemark is not deaf."]]);
});

test("what the verdict found stands first below the cause of the same datacenter", () => {
  const { causes, rest } = shareReasons([silent, lost], [silence, loss]);
  expect(rest).toEqual([]);
  expect(facts(causes)[1]).toEqual([lost.message, "360 fewer were delivered than published."]);
});

test("what no cause explains stays by itself", () => {
  expect(shareReasons([silent, lost], [silence]).rest).toEqual([lost]);
  expect(shareReasons([lost], [])).toEqual({ rest: [lost], causes: [] });
});

test("that Tidemark hears nothing is said by the cause that says so", () => {
  const blind: CauseJson = { ...silence, code: "telemetry_blind", datacenter: null, evidence: [] };
  const stale = { code: "telemetry_stale" as const, message: "Tidemark has received nothing for 9 min." };
  expect(shareReasons([stale], [blind])).toEqual({ rest: [], causes: [blind] });
  expect(shareReasons([stale], [silence]).rest).toEqual([stale]);
});

function evidence(fact: string): CauseJson["evidence"][number] {
  return { fact, at: null, figure: null, unit: null };
}

function facts(causes: readonly CauseJson[]): string[][] {
  return causes.map((cause) => cause.evidence.map(({ fact }) => fact));
}
