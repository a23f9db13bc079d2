import type { DatacenterEvidence, Judgement, VerdictState } from "./verdict.ts";

/** States that time alone does not change and that end the hour. */
export const finalStates: ReadonlySet<VerdictState> = new Set(["complete", "unverified", "incomplete", "overcounted"]);

type Figures = Pick<
  Judgement,
  "state" | "closedAt" | "known" | "produced" | "delivered" | "lost" | "duplicated" | "skewed"
> & {
  readonly datacenters: readonly DatacenterCounts[];
  /** The correction that accepts it as it is; null or absent: none. */
  readonly acceptedBy?: bigint | null;
};

/** What was lost and duplicated there follows from these. */
type DatacenterCounts = Pick<DatacenterEvidence, "name" | "produced" | "delivered">;

/** A stored verdict. */
export interface PreviousVerdict extends Omit<Figures, "datacenters"> {
  /** Needed for comparison once it is settled; null before. */
  datacenters: readonly DatacenterCounts[] | null;
  /** 0: created, never judged. */
  revision: number;
  /** It has been in a final state. */
  settled: boolean;
  amended: boolean;
  /** When it was due to be judged by time alone. */
  nextDueAt?: Date | null;
}

export interface Revision {
  revision: number;
  settled: boolean;
  amended: boolean;
  isNewRevision: boolean;
}

/*
 * The revision that a judgement makes of the stored verdict:
 *
 *   before               what differs            revision   amended
 *   none, or never judged  –                     1          false
 *   not settled          the state               +1         false
 *   not settled          figures only            same       false
 *   settled              state or figures        +1         true, for ever
 *   not settled          its acceptance          +1         false
 *   settled              its acceptance          +1         true, for ever
 *   any                  nothing, or deadlines   same       same
 *
 * Figures are the hour's and its datacenters': a loss that moves from one to another changes where events were lost,
 * though the totals are the same. Watermarks and published counts are not figures: they advance without any news.
 * Settled is set by the first final state and stays. Revisions record what was known when: they depend on the order of
 * arrival, which states and figures never do.
 */
export function reviseVerdict(previous: PreviousVerdict | null, next: Figures): Revision {
  const isFinal = finalStates.has(next.state);
  if (!previous || previous.revision === 0) {
    return { revision: 1, settled: isFinal, amended: false, isNewRevision: true };
  }
  const changed =
    next.state !== previous.state ||
    acceptanceDiffers(previous, next) ||
    (previous.settled && figuresDiffer(previous, next));
  return {
    revision: previous.revision + (changed ? 1 : 0),
    settled: previous.settled || isFinal,
    amended: previous.amended || (previous.settled && changed),
    isNewRevision: changed,
  };
}

/** State or figures differ: those waiting for the hour check again, whether or not it makes a revision. */
export function isChanged(previous: PreviousVerdict, next: Figures): boolean {
  return (
    previous.revision === 0 ||
    next.state !== previous.state ||
    acceptanceDiffers(previous, next) ||
    figuresDiffer(previous, next)
  );
}

function acceptanceDiffers(a: PreviousVerdict, b: Figures): boolean {
  return (a.acceptedBy ?? null) !== (b.acceptedBy ?? null);
}

function figuresDiffer(a: PreviousVerdict, b: Figures): boolean {
  return (
    a.produced !== b.produced ||
    a.delivered !== b.delivered ||
    a.lost !== b.lost ||
    a.duplicated !== b.duplicated ||
    a.skewed !== b.skewed ||
    a.known !== b.known ||
    a.closedAt?.getTime() !== b.closedAt?.getTime() ||
    countsMoved(a, b)
  );
}

/** Counts of single datacenters differ, though their sums may not. One no longer expected that had no counts is no change. */
function countsMoved(a: Pick<PreviousVerdict, "datacenters">, b: Pick<Figures, "datacenters">): boolean {
  if (a.datacenters === null) return false;
  const before = countsByName(a.datacenters);
  const after = countsByName(b.datacenters);
  return before.size !== after.size || [...before].some(([name, counts]) => after.get(name) !== counts);
}

function countsByName(datacenters: readonly DatacenterCounts[]): Map<string, string> {
  const counted = datacenters.filter(({ produced, delivered }) => (produced ?? 0n) > 0n || delivered > 0n);
  return new Map(counted.map(({ name, produced, delivered }) => [name, `${produced ?? 0n} ${delivered}`]));
}
