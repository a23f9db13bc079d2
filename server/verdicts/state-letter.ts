import { toStateCode, toStateLetter } from "#domain/matrix.ts";
import { verdictStates } from "#domain/verdict.ts";

// Nearly all are complete: test that first.
const states = [...verdictStates].sort((a, b) => Number(b === "complete") - Number(a === "complete"));

/** SQL for a verdict's letter as in `domain/matrix`, from a row with columns state, amended and accepted_by_correction. */
export function stateLetterOf(row: string): string {
  const letters = (accepted: boolean) =>
    `CASE ${row}.state ${states.map((state) => `WHEN '${state}' THEN '${toStateLetter(toStateCode(state, false, accepted))}'`).join(" ")} END`;
  const letter = `CASE WHEN ${row}.accepted_by_correction IS NULL THEN ${letters(false)} ELSE ${letters(true)} END`;
  return `CASE WHEN ${row}.amended THEN upper(${letter}) ELSE ${letter} END`;
}
