import type { Labels, Matcher } from "./matcher.ts";
import type { NamedTimeInterval } from "./time/time-interval.ts";

/** Where alerts go, as Alertmanager has it: a tree of routes, receivers, what inhibits what, and named times. */
export interface RoutingTree {
  readonly route: Route;
  readonly receivers: ReadonlyMap<string, Receiver>;
  readonly inhibitRules: readonly InhibitRule[];
  readonly timeIntervals: ReadonlyMap<string, NamedTimeInterval>;
}

/** With everything that it inherits. */
export interface Route extends RouteSchedule {
  /** Names it by its matchers from the root down: `{}/{severity="page"}`. */
  readonly path: string;
  readonly receiver: string;
  /** `all`: by every label, so that nothing is grouped. */
  readonly groupBy: readonly string[] | "all";
  readonly groupWaitMs: number;
  readonly groupIntervalMs: number;
  readonly repeatIntervalMs: number;
  readonly matchers: readonly Matcher[];
  /** An alert that matches goes on to the next sibling too. */
  readonly continue: boolean;
  readonly routes: readonly Route[];
}

/** Of the route alone: intervals are not inherited. */
export interface RouteSchedule {
  readonly muteTimeIntervals: readonly NamedTimeInterval[];
  readonly activeTimeIntervals: readonly NamedTimeInterval[];
}

export interface Receiver {
  readonly name: string;
  /** Names of channels; none: nothing is sent, and what would be is recorded. */
  readonly channels: readonly string[];
  readonly sendResolved: boolean;
  /** Where a page goes that nobody has acknowledged so long after it was sent. */
  readonly escalation: readonly { readonly afterMs: number; readonly channels: readonly string[] }[];
}

/** While a source fires, targets that have the same `equal` labels are not notified of. */
export interface InhibitRule {
  readonly sourceMatchers: readonly Matcher[];
  readonly targetMatchers: readonly Matcher[];
  readonly equal: readonly string[];
}

/** A route that an alert's labels lead to, and the group it falls into there. */
export interface RouteMatch extends RouteSchedule {
  readonly path: string;
  readonly receiver: string;
  readonly groupLabels: Labels;
  /** Of the route, its receiver and the group's labels: the same for ever. */
  readonly groupKey: string;
  readonly groupWaitMs: number;
  readonly groupIntervalMs: number;
  readonly repeatIntervalMs: number;
}
