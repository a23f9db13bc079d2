/** A test or whole check that the summary must mention. */
export type Note = FaultNote | SlowNote;

export interface FaultNote {
  kind: "failed" | "flaky" | "skipped";
  /** "e2e/some.spec.ts › its title", or a check's title. */
  name: string;
  /** The first lines of its error, or why it was skipped. */
  why: string;
}

/** A file of tests that takes long. */
export interface SlowNote {
  kind: "slow";
  name: string;
  seconds: number;
}

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  notes: Note[];
}

export interface Stage extends Omit<Counts, "notes"> {
  title: string;
  durationMs: number;
}

export interface Outcome extends Counts {
  stages: Stage[];
}

export function addUp(outcomes: Outcome[]): Outcome {
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed),
    skipped: sum(({ skipped }) => skipped),
    notes: outcomes.flatMap(({ notes }) => notes),
    stages: outcomes.flatMap(({ stages }) => stages),
  };
}

/** One finished stage with its results. */
export function outcomeOf(title: string, durationMs: number, counts: Counts): Outcome {
  const { passed, failed, skipped } = counts;
  return { ...counts, stages: [{ title, durationMs, passed, failed, skipped }] };
}

/** The outcome of a check or build, which is not a test. `problem` is null if it passed. */
export function outcomeOfCheck(title: string, durationMs: number, problem: string | null): Outcome {
  const notes: Note[] = problem === null ? [] : [{ kind: "failed", name: title, why: problem }];
  return outcomeOf(title, durationMs, { passed: 1 - notes.length, failed: notes.length, skipped: 0, notes });
}
