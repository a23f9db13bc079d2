import type { CauseJson } from "#domain/api/explanation.ts";
import type { VerdictJson } from "#domain/api/verdict.ts";

type Reason = VerdictJson["reasons"][number];

/**
 * The verdict's reasons, as evidence below the cause that explains them; `rest` has no cause. Nothing is repeated: a fact
 * that a cause's sentence starts with, and a silence that it is about, appear in the sentence only.
 */
export function shareReasons(reasons: readonly Reason[], causes: readonly CauseJson[]) {
  const explained = new Map<CauseJson, string[]>(causes.map((cause) => [cause, []]));
  const rest: Reason[] = [];
  for (const reason of reasons) {
    const cause = causes.find((each) => explains(each, reason));
    if (!cause) rest.push(reason);
    else if (!saysAlready(cause, reason)) explained.get(cause)?.push(reason.message);
  }
  return { rest, causes: [...explained].map(([cause, facts]) => withFacts(cause, facts)) };
}

function explains(cause: CauseJson, { code, datacenter }: Reason): boolean {
  if (code === "telemetry_stale") return cause.code === "telemetry_blind";
  return datacenter !== undefined && cause.datacenter === datacenter;
}

function saysAlready(cause: CauseJson, { code }: Reason): boolean {
  return code === "telemetry_stale" || code === cause.code;
}

function withFacts(cause: CauseJson, facts: readonly string[]): CauseJson {
  const known = cause.evidence.filter(({ fact }) => !cause.sentence.startsWith(fact) && !facts.includes(fact));
  return { ...cause, evidence: [...facts.map((fact) => ({ fact, at: null, figure: null, unit: null })), ...known] };
}
