// Where an alert goes, and whether anyone is told now: Alertmanager's meaning, in camelCase.
export {
  decideFlush,
  type FlushDecision,
  type FlushInput,
  type FlushReason,
  firstFlushAt,
  type RoutedAlert,
} from "./routing/decide-flush.ts";
export { defaultRoutingTree, defaultTreeSpec } from "./routing/default-tree.ts";
export { explainRoutes } from "./routing/explain-routes.ts";
export { inhibitedBy, isInhibited } from "./routing/is-inhibited.ts";
export { isMuted, mutedBy } from "./routing/is-muted.ts";
export { formatMatcher, type Labels, type Matcher, type MatcherOp, matchesAll } from "./routing/matcher.ts";
export type { Told } from "./routing/needs-telling.ts";
export { parseRoutingTree, routingTreeSpec } from "./routing/parse-routing-tree.ts";
export { matchingRoutes, routesFor } from "./routing/routes-for.ts";
export type {
  InhibitRule,
  Receiver,
  Route,
  RouteMatch,
  RouteSchedule,
  RoutingTree,
} from "./routing/routing-tree.ts";
export { anyContains } from "./routing/time/contains-instant.ts";
export type { NamedTimeInterval, TimeInterval } from "./routing/time/time-interval.ts";
