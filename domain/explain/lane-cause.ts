import type { Stage } from "../protocol.ts";
import type { Cause, CauseCode } from "./cause.ts";
import type { LaneToExplain } from "./hour-facts.ts";
import { evidenceOf, type Sign, scoreOf } from "./score.ts";

export interface LaneCauseTerms {
  code: CauseCode;
  stage: Stage | null;
  since: Date | null;
  signs: readonly Sign[];
  sentence: string;
  relevance?: number;
  component?: string | null;
  instance?: string | null;
}

/** A cause at one datacenter, with its score and evidence from its signs. */
export function laneCause({ datacenter }: LaneToExplain, terms: LaneCauseTerms): Cause {
  const { code, stage, since, signs, sentence, relevance = 1, component = null, instance = null } = terms;
  return {
    code,
    datacenter,
    stage,
    since,
    component,
    instance,
    version: null,
    deploymentId: null,
    score: scoreOf(signs, relevance),
    sentence,
    evidence: evidenceOf(signs),
  };
}
