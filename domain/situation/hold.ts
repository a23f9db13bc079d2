import { rememberEvidence } from "./signs.ts";
import type { LikelyCause } from "./situation.ts";

interface Found {
  /** By what showed since the onset. */
  cause: LikelyCause;
  /** By what shows now, while it grows; null: it does not. */
  later: LikelyCause | null;
}

interface When {
  isStarting: boolean;
  recovers: boolean;
}

/*
 *   before        found now                                     says
 *   nothing       anything                                      what was found
 *   a cause       the same                                      it, with newer evidence
 *   a cause       another, in the first minutes                 the other, once
 *   a cause       another, while it recovers or afterwards      the cause before
 *   a cause       it still grows, by another mechanism          the later one, once
 *   a cause       another, stronger, at the same onset          the other, once
 */
export function holdCause(
  { cause, later }: Found,
  before: LikelyCause | null,
  { isStarting, recovers }: When,
): LikelyCause {
  if (!before) return cause;
  const changes = before.changes ?? 0;
  const keep = (found: LikelyCause) =>
    rememberEvidence(
      // An instance that came back is still the one that was gone.
      found.instance === null && isSame(found, before)
        ? { ...found, component: before.component, instance: before.instance, changes }
        : { ...found, changes },
      before,
    );
  if (isSame(cause, before)) {
    if (!later || recovers || changes > 0 || isMechanismOf(later, before)) return keep(cause);
    return rememberEvidence({ ...later, changes: changes + 1 }, before);
  }
  if (later && isSame(later, before)) return keep(later);
  if (recovers || changes > 0) return before;
  if (isStarting) return rememberEvidence({ ...cause, changes: 1 }, before);
  const other = later ?? (cause.score > before.score + clearlyStronger ? cause : null);
  return other ? rememberEvidence({ ...other, changes: changes + 1 }, before) : before;
}

const clearlyStronger = 0.05;

/** A deployment shows by the stage at which it does harm. */
function isMechanismOf(later: LikelyCause, before: LikelyCause): boolean {
  return isSame(later, before) || (before.code === "deployment" && later.stage === before.stage);
}

/** The same thing happened at the same place; an instance may be found later. */
export function isSame(a: LikelyCause, b: LikelyCause): boolean {
  return a.code === b.code && a.datacenter === b.datacenter && a.stage === b.stage && a.deploymentId === b.deploymentId;
}
