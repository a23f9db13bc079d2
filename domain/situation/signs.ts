import { evidenceOf, scoreOf } from "../explain/score.ts";
import type { Cause, CauseCode, EvidenceUnit } from "../explain.ts";
import type { Stage } from "../protocol.ts";
import type { Evidence, LikelyCause } from "./situation.ts";

/** Evidence and its weight: 0 none, 1 conclusive. */
export interface WeighedEvidence extends Evidence {
  weight: number;
}

interface SignTerms {
  code: string;
  fact: string;
  weight: number;
  asOf: Date;
  figure?: number | null;
  unit?: EvidenceUnit | undefined;
  of?: number | null;
}

export function signOf({ figure = null, unit, of = null, ...terms }: SignTerms): WeighedEvidence {
  return { ...terms, figure, unit: figure === null ? null : (unit ?? null), of };
}

export interface CauseTerms extends Partial<Pick<Cause, "component" | "instance" | "version" | "deploymentId">> {
  code: CauseCode;
  datacenter: string | null;
  stage: Stage | null;
  signs: readonly WeighedEvidence[];
  sentence: string;
}

/** Each sign reduces the doubt that the others leave. */
export function likelyCause({ signs, ...terms }: CauseTerms): LikelyCause {
  return {
    component: null,
    instance: null,
    version: null,
    deploymentId: null,
    ...terms,
    score: scoreOf(signs),
    evidence: evidenceOf(signs),
  };
}

/**
 * What was seen once and does not show any more stays, with its own age. What an hour showed of the same cause has the cause's code, and is
 * replaced by what the lanes show.
 */
export function rememberEvidence(cause: LikelyCause, before: LikelyCause): LikelyCause {
  const codes = new Set<string>([cause.code, ...cause.evidence.map(({ code }) => code)]);
  const earlier = before.evidence.filter(({ code }) => !codes.has(code));
  return earlier.length === 0 ? cause : { ...cause, evidence: [...cause.evidence, ...earlier] };
}
