import type { Culprit, Trouble } from "../alert/reading.ts";
import type { Cause, CauseCode } from "../explain.ts";

/**
 * The key under which alerts of one cause meet. What slows a datacenter is one cause by whichever sign a type shows it; its losses,
 * duplicates and misplaced events are others. Without a datacenter it is the event type's own.
 */
export function causeKeyOf({ trouble, datacenter }: Culprit, eventType: string | null): string {
  if (trouble === "blind") return "tidemark/blind";
  if (datacenter !== null && trouble !== "unknown") return `datacenter/${datacenter}/${trouble}`;
  return eventType === null ? "tidemark/unknown" : `type/${eventType}/${trouble}`;
}

/** What slows every datacenter at once is behind all of them: the queue, a stage that they share. */
export const everywhereLate = "everywhere/late";
/** Fewer that are slow together may still be so by chance. */
const leastDatacenters = 3;

/** Are all datacenters slow, by the causes that are open and those that are new? */
export function isEverywhere(keys: Iterable<string>, datacenters: readonly string[]): boolean {
  const found = new Set(keys);
  if (datacenters.length < leastDatacenters) return false;
  return datacenters.every((datacenter) => found.has(causeKeyOf({ trouble: "late", datacenter }, null)));
}

/**
 * Under which cause an alert goes: what is known already explains it if it can, else the likeliest new one. What a new cause
 * does by itself shows in an alert that has no other explanation, so nothing hides behind a known one for long.
 */
export function chooseCause(culprits: readonly Culprit[], eventType: string | null, open: ReadonlySet<string>): string {
  const keys = culprits.map((culprit) => causeKeyOf(culprit, eventType));
  if (open.has(everywhereLate) && culprits.some(({ trouble }) => trouble === "late")) return everywhereLate;
  return (
    keys.find((key) => open.has(key)) ?? keys[0] ?? causeKeyOf({ trouble: "unknown", datacenter: null }, eventType)
  );
}

/** May what the hours' explanation names be the cause that the key stands for? */
export function explains({ code, datacenter }: Cause, causeKey: string): boolean {
  const trouble = troubleOf[code] ?? "late";
  const [kind, name, ...rest] = causeKey.split("/");
  if (trouble === "blind") return causeKey === "tidemark/blind";
  if (kind === "datacenter") return datacenter === name && rest[0] === trouble;
  return kind === "type" && rest.at(-1) === trouble;
}

/** Whatever else slows deliveries. */
const troubleOf: Partial<Record<CauseCode, Trouble>> = {
  telemetry_blind: "blind",
  stage_loss: "lost",
  duplicate_delivery: "duplicated",
  skewed_delivery: "skewed",
  reporters_missing: "unreported",
  counts_missing: "unknown",
};
