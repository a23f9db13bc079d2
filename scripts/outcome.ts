/** Of a test or a whole check that a reader of the last lines must not miss. */
export interface Note {
  kind: "failed" | "flaky" | "skipped";
  /** "e2e/some.spec.ts › its title", or a check's title. */
  name: string;
  /** The first lines of its error, or why it was skipped. */
  why: string;
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

/** One stage that is over, with what it came to. */
export function outcomeOf(title: string, durationMs: number, counts: Counts): Outcome {
  const { passed, failed, skipped } = counts;
  return { ...counts, stages: [{ title, durationMs, passed, failed, skipped }] };
}

/** The outcome of something that is not a test: a check, a build. `problem` is null when it passed. */
export function outcomeOfCheck(title: string, durationMs: number, problem: string | null): Outcome {
  const notes: Note[] = problem === null ? [] : [{ kind: "failed", name: title, why: problem }];
  return outcomeOf(title, durationMs, { passed: 1 - notes.length, failed: notes.length, skipped: 0, notes });
}
