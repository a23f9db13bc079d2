import type { Stage } from "../protocol.ts";
import { type CitedFact, sayCitation } from "../source/citation.ts";
import type { Cause, CauseCode } from "./cause.ts";
import type { LaneToExplain } from "./hour-facts.ts";
import { evidenceOf, type Sign, scoreOf, sign } from "./score.ts";

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

/** A cause at one datacenter, with its score and evidence from its signs, and the sources of the facts that it rests on. */
export function laneCause(lane: LaneToExplain, terms: LaneCauseTerms): Cause {
  const { code, stage, since, signs, sentence, relevance = 1, component = null, instance = null } = terms;
  return {
    code,
    datacenter: lane.datacenter,
    stage,
    since,
    component,
    instance,
    version: null,
    deploymentId: null,
    score: scoreOf(signs, relevance),
    sentence,
    evidence: evidenceOf([...signs, ...citedSigns(lane, restsOn[code] ?? lateness)]),
  };
}

const lateness: readonly CitedFact[] = ["closing", "watermark", "backlog"];
/** What a cause is known by; others by how late the lane is. */
const restsOn: Partial<Record<CauseCode, readonly CitedFact[]>> = {
  stage_loss: ["delivered"],
  duplicate_delivery: ["delivered"],
  skewed_delivery: ["delivered"],
  reporters_missing: [],
  counts_missing: ["closing"],
};

/** A source is evidence of nothing: it says how exact and how late the rest is. */
function citedSigns({ datacenter, cited }: LaneToExplain, facts: readonly CitedFact[]): Sign[] {
  return cited
    .filter(({ fact }) => facts.includes(fact))
    .map((citation) => sign({ fact: sayCitation([datacenter], citation), weight: 0 }));
}
