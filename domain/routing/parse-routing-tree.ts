import { z } from "zod";
import { type Parsed, parseSpec } from "../catalogue/parse-spec.ts";
import { uniqueNames } from "../catalogue/unique-names.ts";
import { findBeyondLimits } from "./bound-tree.ts";
import type { Matcher } from "./matcher.ts";
import { formatMatcher } from "./matcher-text.ts";
import type { InhibitRule, Receiver, Route, RoutingTree } from "./routing-tree.ts";
import { storedTreeShape, treeShape, type WrittenRoute, type WrittenTree } from "./tree-schema.ts";

/** The root's defaults, as in Alertmanager. */
const defaults = { groupBy: [], groupWaitMs: 30_000, groupIntervalMs: 300_000, repeatIntervalMs: 14_400_000 };

/** A tree's spec: names within it checked, all inheritance resolved. */
export const routingTreeSpec = z
  .preprocess(refuseTooLarge, treeShape.superRefine(checkNames).transform(build))
  .meta({ id: "RoutingTreeSpec" });

const storedTree = storedTreeShape.superRefine(checkNames).transform(build);

/** A tree that was accepted once, perhaps before its limits. */
export function parseStoredTree(spec: unknown): Parsed<RoutingTree> {
  return parseSpec(storedTree, spec);
}

/** A tree's spec as written; JSON pointers of faults start at the spec. */
export function parseRoutingTree(spec: unknown): Parsed<RoutingTree> {
  return parseSpec(routingTreeSpec, spec);
}

/** Before the first expression is compiled. */
function refuseTooLarge(spec: z.input<typeof treeShape>, context: z.RefinementCtx): unknown {
  const message = findBeyondLimits(spec);
  if (message === null) return spec;
  context.addIssue({ code: "custom", path: [], message });
  return z.NEVER;
}

function checkNames(spec: WrittenTree, context: z.RefinementCtx): void {
  const refuse = (path: PropertyKey[], message: string) => context.addIssue({ code: "custom", path, message });
  const receivers = uniqueNames(spec.receivers, "receivers", context);
  const intervals = uniqueNames(spec.timeIntervals, "timeIntervals", context);
  const look = (route: WrittenRoute, path: PropertyKey[]): void => {
    if (route.receiver !== undefined && !receivers.has(route.receiver)) {
      refuse(
        [...path, "receiver"],
        `must be one of the receivers (${[...receivers].join(", ")}); found "${route.receiver}"`,
      );
    }
    for (const field of ["muteTimeIntervals", "activeTimeIntervals"] as const) {
      for (const [index, name] of (route[field] ?? []).entries()) {
        if (intervals.has(name)) continue;
        const known = intervals.size > 0 ? [...intervals].join(", ") : "none are defined";
        refuse([...path, field, index], `must be one of timeIntervals (${known}); found "${name}"`);
      }
    }
    for (const [index, child] of (route.routes ?? []).entries()) look(child, [...path, "routes", index]);
  };
  look(spec.route, ["route"]);
}

function build(spec: WrittenTree): RoutingTree {
  const timeIntervals = new Map(
    spec.timeIntervals.map(({ name, timeIntervals: intervals }) => [name, { name, intervals }]),
  );
  const receivers = new Map(spec.receivers.map((receiver) => [receiver.name, receiverOf(receiver)]));
  const named = (names: readonly string[] = []) => names.flatMap((name) => timeIntervals.get(name) ?? []);
  const routeOf = (written: WrittenRoute, parent: Omit<Route, "matchers" | "routes">, path: string): Route => {
    const route = {
      path,
      receiver: written.receiver ?? parent.receiver,
      groupBy: groupByOf(written.groupBy) ?? parent.groupBy,
      groupWaitMs: toMs(written.groupWait) ?? parent.groupWaitMs,
      groupIntervalMs: toMs(written.groupInterval) ?? parent.groupIntervalMs,
      repeatIntervalMs: toMs(written.repeatInterval) ?? parent.repeatIntervalMs,
      continue: written.continue ?? false,
      muteTimeIntervals: named(written.muteTimeIntervals),
      activeTimeIntervals: named(written.activeTimeIntervals),
    };
    const paths = childPaths(path, written.routes ?? []);
    const routes = (written.routes ?? []).map((child, index) => routeOf(child, route, paths[index] ?? path));
    return { ...route, matchers: written.matchers ?? [], routes };
  };
  const nothing = {
    ...defaults,
    path: "",
    receiver: spec.route.receiver,
    continue: false,
    muteTimeIntervals: [],
    activeTimeIntervals: [],
  };
  const inhibitRules: InhibitRule[] = spec.inhibitRules;
  return { route: routeOf(spec.route, nothing, "{}"), receivers, inhibitRules, timeIntervals };
}

/** Siblings with the same matchers are numbered, so that no two routes share a group. */
function childPaths(parent: string, routes: readonly WrittenRoute[]): string[] {
  const counts = new Map<string, number>();
  return routes.map(({ matchers = [] }) => {
    const own = `${parent}/${pathStep(matchers)}`;
    const count = (counts.get(own) ?? 0) + 1;
    counts.set(own, count);
    return count === 1 ? own : `${own}#${count}`;
  });
}

function pathStep(matchers: readonly Matcher[]): string {
  return `{${matchers.map(formatMatcher).join(",")}}`;
}

/** An empty list means absent, as in Alertmanager: the parent's applies. */
function groupByOf(list: readonly string[] = []): readonly string[] | "all" | null {
  if (list.length === 0) return null;
  return list[0] === "..." ? "all" : list;
}

function toMs(seconds: number | undefined): number | null {
  return seconds === undefined ? null : seconds * 1000;
}

function receiverOf({ escalation, ...receiver }: WrittenTree["receivers"][number]): Receiver {
  const steps = escalation.map(({ after, ...step }) => ({ ...step, afterMs: after * 1000 }));
  return { ...receiver, escalation: steps.sort((a, b) => a.afterMs - b.afterMs) };
}
