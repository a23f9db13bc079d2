import type { Labels } from "./matcher.ts";
import { mutedBy } from "./muted-by.ts";
import { routesFor } from "./routes-for.ts";
import type { RoutingTree } from "./routing-tree.ts";

/** The routes that labels match, as shown by the API and the command line. */
export function explainRoutes(tree: RoutingTree, labels: Labels, now: Date) {
  const routes = routesFor(tree, labels).map((match) => ({
    path: match.path,
    receiver: match.receiver,
    channels: [...(tree.receivers.get(match.receiver)?.channels ?? [])],
    onCall: [...(tree.receivers.get(match.receiver)?.onCall ?? [])],
    groupLabels: { ...match.groupLabels },
    groupWaitSeconds: match.groupWaitMs / 1000,
    groupIntervalSeconds: match.groupIntervalMs / 1000,
    repeatIntervalSeconds: match.repeatIntervalMs / 1000,
    muted: mutedBy(match, now),
  }));
  return { receivers: routes.map(({ receiver }) => receiver), routes };
}
