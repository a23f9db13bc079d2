import { hashKey } from "@tanstack/react-query";

/** A specification as written in a file: plain JSON. */
export type WrittenSpec = Readonly<Record<string, unknown>>;
/** Where a field of it is: `["route", "routes", 0, "receiver"]`. */
export type Path = readonly (string | number)[];

export function getAt(spec: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (found, step) =>
      typeof found === "object" && found !== null ? (found as Record<string | number, unknown>)[step] : undefined,
    spec,
  );
}

/** The spec with another value at the path; undefined removes it, and the objects that are then empty. */
export function setAt<Spec>(spec: Spec, path: Path, value: unknown): Spec {
  const [step, ...rest] = path;
  if (step === undefined) return value as Spec;
  const below = getAt(spec, [step]);
  const next = rest.length === 0 ? value : setAt(below ?? (typeof rest[0] === "number" ? [] : {}), rest, value);
  if (Array.isArray(spec)) {
    const list: unknown[] = [...spec];
    if (next === undefined) list.splice(Number(step), 1);
    else list[Number(step)] = next;
    return list as Spec;
  }
  if (next === undefined || (value === undefined && isEmpty(next))) {
    const { [step]: _, ...others } = spec as Record<string | number, unknown>;
    return others as Spec;
  }
  return { ...spec, [step]: next };
}

/** The same content, in whatever order its members are: a stored spec comes back in another. */
export function sameSpec(one: WrittenSpec, other: WrittenSpec): boolean {
  return one === other || hashKey([one]) === hashKey([other]);
}

/** The list with the item at `from` moved to `to`. */
export function moved<Item>(list: readonly Item[], from: number, to: number): Item[] {
  const others = list.filter((_, at) => at !== from);
  return [...others.slice(0, to), ...list.slice(from, from + 1), ...others.slice(to)];
}

/** A JSON pointer (RFC 6901), as faults have it. */
export function pointerOf(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function isEmpty(found: unknown): boolean {
  return typeof found === "object" && found !== null && !Array.isArray(found) && Object.keys(found).length === 0;
}

/** The objects of a list; of what is no list, none. */
export function objectsOf(found: unknown): WrittenSpec[] {
  return Array.isArray(found) ? found.map(objectOf) : [];
}

export function objectOf(found: unknown): WrittenSpec {
  return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as WrittenSpec) : {};
}

/** A name, or a list of names. */
export function namesOf(written: unknown): string[] {
  if (written === undefined || written === null) return [];
  return (Array.isArray(written) ? written : [written]).map(String);
}
