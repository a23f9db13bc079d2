import type { BoardDatacenterJson, BoardIncidentJson } from "#domain/api/board.ts";
import type { VerdictState } from "#domain/verdict.ts";

interface Surroundings {
  /** Open ones that touch it. */
  incidents: readonly BoardIncidentJson[];
  /** Ingest has received nothing for too long: none of them can be called well. */
  blind: boolean;
}

type Standing = Pick<BoardDatacenterJson, "silent" | "lateTypes" | "lagSeconds">;

/** The shape of a datacenter's card. With an open incident it is never shown as complete, though nothing is late yet. */
export function standingOf(
  { silent, lateTypes, lagSeconds }: Standing,
  { incidents, blind }: Surroundings,
): VerdictState {
  if (silent) return "unverified";
  if (lateTypes > 0) return "late";
  if (incidents.length > 0) return incidents.every(({ phase }) => phase === "recovering") ? "closing" : "late";
  if (blind) return "unverified";
  return lagSeconds === null ? "open" : "complete";
}
