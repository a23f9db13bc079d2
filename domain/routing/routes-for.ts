import { type Labels, matchesAll } from "./matcher.ts";
import { quote } from "./matcher-text.ts";
import type { Route, RouteMatch, RoutingTree } from "./routing-tree.ts";

/**
 * The routes that labels match, in the tree's order. A route is left for its first matching child, and for the following siblings as
 * long as the matching ones have `continue`; if no child matches, the route takes the alert itself.
 */
export function routesFor(tree: RoutingTree, labels: Labels): RouteMatch[] {
  return matchingRoutes(tree.route, labels).map((route) => groupIn(route, labels));
}

function matchingRoutes(route: Route, labels: Labels): Route[] {
  if (!matchesAll(route.matchers, labels)) return [];
  const found: Route[] = [];
  for (const child of route.routes) {
    const below = matchingRoutes(child, labels);
    found.push(...below);
    if (below.length > 0 && !child.continue) break;
  }
  return found.length > 0 ? found : [route];
}

function groupIn(route: Route, labels: Labels): RouteMatch {
  const names = route.groupBy === "all" ? Object.keys(labels) : route.groupBy;
  // An empty label is a missing one, and neither separates groups.
  const held = names.filter((name) => Object.hasOwn(labels, name) && labels[name] !== "").sort();
  const groupLabels = Object.fromEntries(held.map((name) => [name, labels[name] ?? ""]));
  const written = held.map((name) => `${name}=${quote(labels[name] ?? "")}`).join(", ");
  return {
    path: route.path,
    receiver: route.receiver,
    groupLabels,
    groupKey: `${route.receiver}:${route.path}:{${written}}`,
    groupWaitMs: route.groupWaitMs,
    groupIntervalMs: route.groupIntervalMs,
    repeatIntervalMs: route.repeatIntervalMs,
    muteTimeIntervals: route.muteTimeIntervals,
    activeTimeIntervals: route.activeTimeIntervals,
  };
}
