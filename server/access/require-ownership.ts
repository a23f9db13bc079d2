import { type OwnedChange, refuseChange, sayRefusal } from "#domain/access/may-change.ts";
import type { Fault } from "#server/errors.ts";
import type { Context } from "./context.ts";
import { AnotherTeams } from "./errors.ts";

/** A change, and where the caller's input asks for it. */
export interface PlacedChange extends OwnedChange {
  readonly at?: Omit<Fault, "detail">;
}

/**
 * Throws AnotherTeams, naming every object that the caller may not change so. Call it in the transaction that changes them, once
 * the rows that hold the owners are locked: an owner read before could change until the commit.
 */
export function requireOwnership(ctx: Context, ...changes: PlacedChange[]): void {
  const { teams } = ctx;
  if (teams === undefined) return;
  const faults: Fault[] = [];
  const objects = changes.flatMap(({ at, ...change }) => {
    const refusal = refuseChange(teams, change);
    if (refusal === null) return [];
    faults.push({ ...(at ?? { pointer: "" }), detail: sayRefusal(refusal) });
    return refusal;
  });
  if (objects.length > 0) throw new AnotherTeams(faults, objects);
}
