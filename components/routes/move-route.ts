import { getAt, moved, type Path, setAt, type WrittenSpec } from "#components/forms/spec-path.ts";

export type Move = "up" | "down" | "in" | "out";

interface Moved {
  spec: WrittenSpec;
  /** Where the route is now. */
  path: Path;
}

/**
 * Moves a route of the tree: up or down among its siblings, in as the last child of the one before it, out behind its parent.
 * null: the place does not exist. A path is `["route", "routes", 0, "routes", 1]`.
 */
export function moveRoute(spec: WrittenSpec, path: Path, move: Move): Moved | null {
  const list = path.slice(0, -1);
  const at = Number(path.at(-1));
  const siblings = listAt(spec, list);
  if (move === "up" || move === "down") {
    const to = move === "up" ? at - 1 : at + 1;
    if (to < 0 || to >= siblings.length) return null;
    return { spec: setAt(spec, list, moved(siblings, at, to)), path: [...list, to] };
  }
  const route = siblings[at];
  if (move === "in") {
    if (at === 0) return null;
    const target = [...list, at - 1, "routes"];
    const below = listAt(spec, target);
    const without = removeRoute(spec, path);
    return { spec: setAt(without, target, [...below, route]), path: [...target, below.length] };
  }
  const parent = list.slice(0, -1);
  if (parent.length < 2) return null;
  const parentList = parent.slice(0, -1);
  const to = Number(parent.at(-1)) + 1;
  const without = removeRoute(spec, path);
  const outer = listAt(without, parentList);
  const next = [...outer.slice(0, to), route, ...outer.slice(to)];
  return { spec: setAt(without, parentList, next), path: [...parentList, to] };
}

/** Without the route and all below it; a list that is then empty is left out. */
export function removeRoute(spec: WrittenSpec, path: Path): WrittenSpec {
  const list = path.slice(0, -1);
  const siblings = listAt(spec, list).filter((_, at) => at !== path.at(-1));
  return setAt(spec, list, siblings.length === 0 ? undefined : siblings);
}

/** With another route as the last child of the one at the path. */
export function addRoute(spec: WrittenSpec, parent: Path): Moved {
  const list = [...parent, "routes"];
  const siblings = listAt(spec, list);
  return { spec: setAt(spec, list, [...siblings, { matchers: [] }]), path: [...list, siblings.length] };
}

function listAt(spec: WrittenSpec, path: Path): readonly unknown[] {
  const found = getAt(spec, path);
  return Array.isArray(found) ? found : [];
}
