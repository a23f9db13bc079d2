import type { Judgement, VerdictState } from "./verdict.ts";

/** States that time alone does not leave and that say the hour is done with. */
export const finalStates: ReadonlySet<VerdictState> = new Set(["complete", "unverified", "incomplete", "overcounted"]);

type Figures = Pick<
  Judgement,
  "state" | "closedAt" | "known" | "produced" | "delivered" | "lost" | "duplicated" | "skewed"
>;

/** A verdict as it was stored. */
export interface PreviousVerdict extends Figures {
  /** 0: born, never judged. */
  revision: number;
  /** It was in a final state once. */
  settled: boolean;
  amended: boolean;
}

export interface Revision {
  revision: number;
  settled: boolean;
  amended: boolean;
  isNewRevision: boolean;
}

/*
 * What a judgement makes of the verdict before it:
 *
 *   before               what differs            revision   amended
 *   none, or never judged  –                     1          false
 *   not settled          the state               +1         false
 *   not settled          figures only            same       false
 *   settled              state or figures        +1         true, for ever
 *   any                  nothing, or deadlines   same       same
 *
 * Settled is set by the first final state and stays. Revisions tell what was known when: they depend on the order of
 * arrival, which states and figures never do.
 */
export function reviseVerdict(previous: PreviousVerdict | null, next: Figures): Revision {
  const isFinal = finalStates.has(next.state);
  if (!previous || previous.revision === 0) {
    return { revision: 1, settled: isFinal, amended: false, isNewRevision: true };
  }
  const changed = next.state !== previous.state || (previous.settled && figuresDiffer(previous, next));
  return {
    revision: previous.revision + (changed ? 1 : 0),
    settled: previous.settled || isFinal,
    amended: previous.amended || (previous.settled && changed),
    isNewRevision: changed,
  };
}

/** State or figures differ: who waits for the hour wants to look again, whether or not it makes a revision. */
export function isChanged(previous: PreviousVerdict, next: Figures): boolean {
  return previous.revision === 0 || next.state !== previous.state || figuresDiffer(previous, next);
}

function figuresDiffer(a: Figures, b: Figures): boolean {
  return (
    a.produced !== b.produced ||
    a.delivered !== b.delivered ||
    a.lost !== b.lost ||
    a.duplicated !== b.duplicated ||
    a.skewed !== b.skewed ||
    a.known !== b.known ||
    a.closedAt?.getTime() !== b.closedAt?.getTime()
  );
}
