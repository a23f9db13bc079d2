// Where an alert goes, and whether it notifies now: Alertmanager's semantics, in camelCase.
export { decideFlush, type FlushDecision, type RoutedAlert } from "./notification/decide-flush.ts";
export type { LastNotified } from "./notification/needs-notification.ts";
export { defaultRoutingTree, defaultTreeSpec } from "./routing/default-tree.ts";
export { explainRoutes } from "./routing/explain-routes.ts";
export { inhibitedBy } from "./routing/inhibited-by.ts";
export { type Labels, type Matcher, matchesAll } from "./routing/matcher.ts";
export { formatMatcher } from "./routing/matcher-text.ts";
export { parseRoutingTree, parseStoredTree, routingTreeSpec } from "./routing/parse-routing-tree.ts";
export { routesFor } from "./routing/routes-for.ts";
export { notifiesSomeone, type RouteMatch, type RoutingTree } from "./routing/routing-tree.ts";
export { routeSpec } from "./routing/tree-schema.ts";
