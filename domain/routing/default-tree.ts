import { parseRoutingTree } from "./parse-routing-tree.ts";
import type { RoutingTree } from "./routing-tree.ts";

/**
 * The tree used if none is stored, as written in a file: one group, so one page, per cause; pages go out at once. Its receivers have
 * no channels yet: what would be sent is recorded and shown.
 */
export const defaultTreeSpec = {
  route: {
    receiver: "everyone",
    groupBy: ["cause"],
    groupWait: "30s",
    groupInterval: "5m",
    repeatInterval: "4h",
    routes: [{ matchers: ['severity="page"'], receiver: "on-call", groupWait: "0s" }],
  },
  receivers: [{ name: "on-call" }, { name: "everyone" }],
  inhibitRules: [
    // A receiver paged for a cause does not need its tickets too.
    { sourceMatchers: ['severity="page"'], targetMatchers: ['severity=~"ticket|info"'], equal: ["cause"] },
  ],
};

export const defaultRoutingTree: RoutingTree = parse();

function parse(): RoutingTree {
  const parsed = parseRoutingTree(defaultTreeSpec);
  if (!parsed.ok) throw new Error(`The default routing tree is invalid: ${JSON.stringify(parsed.faults)}`);
  return parsed.spec;
}
