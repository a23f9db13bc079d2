import type { Culprit, Trouble } from "../alert/reading.ts";
import type { Cause, CauseCode } from "../explain.ts";

/**
 * The key under which alerts of one cause meet. What slows a datacenter is one cause, whichever sign a type shows; its loss,
 * duplicates and skew are others. Without a datacenter, the cause is the event type's own.
 */
export function causeKeyOf({ trouble, datacenter }: Culprit, eventType: string | null): string {
  if (trouble === "blind") return "tidemark/blind";
  if (datacenter !== null && trouble !== "unknown") return `datacenter/${datacenter}/${trouble}`;
  return eventType === null ? "tidemark/unknown" : `type/${eventType}/${trouble}`;
}

/** What a key says of its incident. */
export interface CauseKey {
  trouble: Trouble;
  /** null: all, or Tidemark itself. */
  datacenter: string | null;
  eventType: string | null;
}

/** `datacenter/lon/late`, `type/EndSong/volume`, `everywhere/late`, `tidemark/blind`; a name may contain a slash. */
export function readCauseKey(causeKey: string): CauseKey {
  const first = causeKey.indexOf("/");
  const last = causeKey.lastIndexOf("/");
  const [kind, name] = [causeKey.slice(0, first), causeKey.slice(first + 1, Math.max(first + 1, last))];
  return {
    trouble: causeKey.slice(last + 1) as Trouble,
    datacenter: kind === "datacenter" ? name : null,
    eventType: kind === "type" ? name : null,
  };
}

/** Whatever slows every datacenter at once is common to all: the queue, a shared stage. */
export const everywhereLate = "everywhere/late";
/** Fewer slow at the same time may be chance. */
const leastDatacenters = 3;

/** Are all datacenters slow, by the open and the new causes? */
export function isEverywhere(keys: Iterable<string>, datacenters: readonly string[]): boolean {
  const found = new Set(keys);
  if (datacenters.length < leastDatacenters) return false;
  return datacenters.every((datacenter) => found.has(causeKeyOf({ trouble: "late", datacenter }, null)));
}

/**
 * The cause that an alert belongs to: a known one if it explains the alert, else the likeliest new one. What a new cause
 * does on its own shows in an alert with no other explanation, so a known cause does not hide it for long.
 */
export function chooseCause(culprits: readonly Culprit[], eventType: string | null, open: ReadonlySet<string>): string {
  const keys = culprits.map((culprit) => causeKeyOf(culprit, eventType));
  if (open.has(everywhereLate) && culprits.some(({ trouble }) => trouble === "late")) return everywhereLate;
  return (
    keys.find((key) => open.has(key)) ?? keys[0] ?? causeKeyOf({ trouble: "unknown", datacenter: null }, eventType)
  );
}

/** Can the cause named by the hours' explanation be the one behind the key? */
export function explains({ code, datacenter }: Cause, causeKey: string): boolean {
  const key = readCauseKey(causeKey);
  if ((troubleOf[code] ?? "late") !== key.trouble) return false;
  if (key.trouble === "blind") return true;
  return key.datacenter === null ? key.eventType !== null : key.datacenter === datacenter;
}

/** Anything else that slows deliveries. */
const troubleOf: Partial<Record<CauseCode, Trouble>> = {
  telemetry_blind: "blind",
  stage_loss: "lost",
  duplicate_delivery: "duplicated",
  skewed_delivery: "skewed",
  reporters_missing: "unreported",
  counts_missing: "unknown",
  unusual_volume: "volume",
};
