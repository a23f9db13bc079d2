import type { StatusJson } from "#domain/api/board.ts";

/** The minimum age of the verdicts on screen, in seconds, beyond the answer's age: how far judging is behind. */
export function unjudgedSeconds(status: StatusJson): number {
  return Math.max(
    0,
    ...status.behind.filter(({ what }) => judgingDuties.has(what)).map(({ ageSeconds }) => ageSeconds),
  );
}

const judgingDuties: ReadonlySet<string> = new Set(["current-hours", "judging"]);
