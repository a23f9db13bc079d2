import { createHash } from "node:crypto";
import { ChangedMeanwhile } from "./errors.ts";

/** What must hold of what is stored for a write to be made. */
export interface Precondition {
  /** Tags of states that the caller knows; `*`: any; null: it does not matter. */
  readonly ifMatch: readonly string[] | null;
  /** There must be none of the name. */
  readonly ifNew: boolean;
}

interface Stored {
  /** As the refusal's sentence begins: `"ams"`. */
  readonly what: string;
  /** Its `etag`; null: nothing is stored. */
  readonly tag: string | null;
}

/** Names what people wrote: two specs with the same content have the same tag. */
export function specTag(spec: unknown): string {
  return createHash("sha256").update(JSON.stringify(spec)).digest("base64url").slice(0, 22);
}

/**
 * Throws ChangedMeanwhile if someone else wrote it since the caller read it. Call it behind the lock that every writer takes, so
 * that it still holds at the commit.
 */
export function checkPrecondition(precondition: Precondition | undefined, { what, tag }: Stored): void {
  if (!precondition) return;
  const { ifMatch, ifNew } = precondition;
  if (ifNew && tag !== null)
    throw new ChangedMeanwhile(`${what} exists already. Open it to change it, or choose another name.`);
  if (ifMatch === null || (tag !== null && (ifMatch.includes("*") || ifMatch.includes(tag)))) return;
  throw new ChangedMeanwhile(`${what} changed since you loaded it. Reload it, then make your change again.`);
}
