import { parseInstant } from "../instant.ts";
import { isLine, isObject } from "../protocol/values.ts";

/** A deployment as a release tool announces it. */
export interface Announced {
  /** What a mapping's pattern is matched against: repository or application, and environment. */
  readonly subject: string;
  readonly version: string;
  /** null: not said. */
  readonly deployedAt: Date | null;
  readonly deployedBy: string | null;
  readonly url: string | null;
  /** The tool's own identity of the deployment: however often it is announced, it is one. */
  readonly id: string;
}

/** What a delivery says. `why` it announces nothing, for whoever reads the tool's log of deliveries. */
export type DeliveryReading =
  | { readonly announced: readonly Announced[]; readonly why?: undefined }
  | { readonly announced: null; readonly why: string };

export function nothing(why: string): DeliveryReading {
  return { announced: null, why };
}

/** The member at a path, or undefined. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, key) => (isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined),
    value,
  );
}

/** A line of text, or the decimal form of a whole number. */
export function textAt(value: unknown, ...path: readonly string[]): string | null {
  const found = at(value, ...path);
  if (Number.isSafeInteger(found)) return String(found);
  return isLine(found) && found.trim() !== "" ? found : null;
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** RFC 3339, or as GitLab writes it: `2026-11-22 13:50:00 +0200`, `2026-11-22 11:50:00 UTC`. */
export function instantAt(value: unknown, ...path: readonly string[]): Date | null {
  const text = textAt(value, ...path);
  if (text === null) return null;
  const gitlab = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (?:UTC|([+-]\d\d)(\d\d))$/.exec(text);
  if (!gitlab) return parseInstant(text);
  const [, day, time, hours, minutes] = gitlab;
  return parseInstant(`${day}T${time}${hours === undefined ? "Z" : `${hours}:${minutes}`}`);
}

/** Milliseconds since 1970. */
export function epochAt(value: unknown, ...path: readonly string[]): Date | null {
  const found = at(value, ...path);
  if (typeof found !== "number" || !(found >= 0)) return null;
  const instant = new Date(found);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** A link that a page may show. */
export function linkAt(value: unknown, ...path: readonly string[]): string | null {
  const found = at(value, ...path);
  if (typeof found !== "string" || found.length > 2_000 || !URL.canParse(found)) return null;
  return /^https?:$/.test(new URL(found).protocol) ? found : null;
}

/** A tag such as `v4.2.0` or `2026.11.22`: what a person calls a version. A branch is none. */
export function isVersion(ref: string): boolean {
  return /^v?\d+([.\-_]\d+)+[\w.+-]*$/i.test(ref);
}

/** A commit, as people shorten it. */
export function shortCommit(sha: string): string {
  return sha.slice(0, 12);
}
