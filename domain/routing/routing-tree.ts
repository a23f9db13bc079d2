import type { Labels, Matcher } from "./matcher.ts";
import type { NamedTimeInterval } from "./time/time-interval.ts";

/** Where alerts go, as in Alertmanager: a tree of routes, receivers, inhibition rules and named times. */
export interface RoutingTree {
  readonly route: Route;
  readonly receivers: ReadonlyMap<string, Receiver>;
  readonly inhibitRules: readonly InhibitRule[];
  readonly timeIntervals: ReadonlyMap<string, NamedTimeInterval>;
}

/** With all inherited settings. */
export interface Route extends RouteSchedule {
  /** Its identity: its matchers from the root down: `{}/{severity="page"}`. */
  readonly path: string;
  readonly receiver: string;
  /** `all`: by every label, so that nothing is grouped. */
  readonly groupBy: readonly string[] | "all";
  readonly groupWaitMs: number;
  readonly groupIntervalMs: number;
  readonly repeatIntervalMs: number;
  readonly matchers: readonly Matcher[];
  /** A matching alert continues to the next sibling too. */
  readonly continue: boolean;
  readonly routes: readonly Route[];
}

/** The route's own: intervals are not inherited. */
export interface RouteSchedule {
  readonly muteTimeIntervals: readonly NamedTimeInterval[];
  readonly activeTimeIntervals: readonly NamedTimeInterval[];
}

export interface Receiver {
  readonly name: string;
  /** Names of channels; none: nothing is sent, and what would be is recorded. */
  readonly channels: readonly string[];
  /** Names of on-call schedules: whoever is on call is notified too. */
  readonly onCall: readonly string[];
  readonly sendResolved: boolean;
  /** Where a page goes if it is not acknowledged this long after it was sent. */
  readonly escalation: readonly {
    readonly afterMs: number;
    readonly channels: readonly string[];
    readonly onCall: readonly string[];
  }[];
}

/** Whether it has a channel or an on-call schedule to notify at once. */
export function notifiesSomeone(receiver: Receiver | null | undefined): boolean {
  return receiver !== null && receiver !== undefined && receiver.channels.length + receiver.onCall.length > 0;
}

/** While a source fires, targets with the same `equal` labels do not notify. */
export interface InhibitRule {
  readonly sourceMatchers: readonly Matcher[];
  readonly targetMatchers: readonly Matcher[];
  readonly equal: readonly string[];
}

/** A route that an alert's labels match, and its group there. */
export interface RouteMatch extends RouteSchedule {
  readonly path: string;
  readonly receiver: string;
  readonly groupLabels: Labels;
  /** Derived from the route, its receiver and the group's labels: stable for ever. */
  readonly groupKey: string;
  readonly groupWaitMs: number;
  readonly groupIntervalMs: number;
  readonly repeatIntervalMs: number;
}
