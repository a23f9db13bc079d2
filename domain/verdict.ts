// Types first: what the rule needs and what it says. The rule itself follows.
export const verdictStates = ["open","late","closing","complete","verifying","unverified","incomplete","overcounted"] as const;
export type VerdictState = (typeof verdictStates)[number];

/** What was reported of one expected datacenter for one (event type, hour). Counts are bigint; null: never reported. */
export interface DatacenterFacts {
  name: string;
  /** The smallest event time among the messages that closed the hour here; null while it is not closed. */
  closedAt: Date | null;
  watermark: Date | null;
  /** It reported produced counts of some type in the hour: silence about this type is then zero. */
  reportedProduced: boolean;
  produced: bigint | null;
  published: bigint | null;
  delivered: bigint | null;
  skewed: bigint;
}

export interface VerdictTerms {
  deadlineSeconds: number;
  settleSeconds: number;
  /** Shares of produced, 0 to 1. */
  maxLost: number;
  maxDuplicated: number;
}

export interface DatacenterEvidence {
  name: string;
  closed: boolean;
  closedAt: Date | null;
  watermark: Date | null;
  known: boolean;
  produced: bigint | null;
  published: bigint | null;
  delivered: bigint;
  lost: bigint;
  duplicated: bigint;
}

/** What follows from facts, terms and now alone: the same for every order of arrival. */
export interface Judgement {
  state: VerdictState;
  endsAt: Date;
  deadlineAt: Date;
  closedAt: Date | null;
  closingDelaySeconds: number | null;
  deadlineMet: boolean | null;
  known: boolean;
  produced: bigint;
  delivered: bigint;
  lost: bigint;
  duplicated: bigint;
  skewed: bigint;
  completeness: number | null;
  datacenters: DatacenterEvidence[];
  /** When time alone changes the state next; null when it never does. */
  nextDueAt: Date | null;
}
