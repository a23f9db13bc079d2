import { inhibitedBy } from "../routing/inhibited-by.ts";
import type { Labels } from "../routing/matcher.ts";
import { mutedBy } from "../routing/muted-by.ts";
import { routesFor } from "../routing/routes-for.ts";
import type { Receiver, RouteMatch, RoutingTree } from "../routing/routing-tree.ts";
import { type Silence, silencedBy } from "../silence/silenced-by.ts";
import { type LastNotified, type NotificationNeed, needsNotification } from "./needs-notification.ts";

export interface RoutedAlert {
  readonly fingerprint: string;
  readonly labels: Labels;
  /** False: it fired and is resolved. */
  readonly firing: boolean;
  readonly resolvedAt: Date | null;
}

export interface FlushInput<Alert extends RoutedAlert> {
  readonly group: { readonly key: string };
  /** Every firing alert of any group, because they inhibit; and resolved ones that may still have to be notified. */
  readonly alerts: readonly Alert[];
  readonly silences: readonly Silence[];
  readonly tree: RoutingTree;
  /** null: the group was never flushed. */
  readonly notified: LastNotified | null;
  readonly now: Date;
}

/** `muted` by time, `held` by silences and inhibition, `empty` for a group without alerts. */
export type FlushReason = NotificationNeed["reason"] | "muted" | "held" | "empty";

export interface FlushDecision<Alert> {
  readonly notify: boolean;
  readonly reason: FlushReason;
  /** A sentence for the log and the timeline. */
  readonly message: string;
  /** null if the group is empty. */
  readonly route: RouteMatch | null;
  readonly receiver: Receiver | null;
  /** The alerts of the notification; without `notify`, those that it would have. */
  readonly firing: readonly Alert[];
  readonly resolved: readonly Alert[];
  /** Held back by silences and inhibition. */
  readonly held: readonly { readonly alert: Alert; readonly by: "silence" | "inhibition"; readonly detail: string }[];
  /** To be stored as notified, even if nothing is sent (a receiver without sendResolved); null: unchanged. */
  readonly remember: { readonly firing: readonly string[]; readonly resolved: readonly string[] } | null;
  /** When to flush the group again; null: when one of its alerts changes. */
  readonly nextFlushAt: Date | null;
}

/**
 * Flushes one group as Alertmanager does: its alerts, minus those inhibited, outside the route's times or silenced; then whether
 * that is news to the receiver. One improvement: an alert notified as firing and resolved while held is notified as resolved once
 * nothing holds it, so no page stays open elsewhere for ever.
 */
export function decideFlush<Alert extends RoutedAlert>(input: FlushInput<Alert>): FlushDecision<Alert> {
  const { group, alerts, tree, notified, now } = input;
  const members = alerts.flatMap((alert) => {
    const route = routesFor(tree, alert.labels).find(({ groupKey }) => groupKey === group.key);
    return route && isOfInterest(alert, notified) ? [{ alert, route }] : [];
  });
  const route = members[0]?.route ?? null;
  const receiver = route && (tree.receivers.get(route.receiver) ?? null);
  const nothing = { notify: false, remember: null, route, receiver, firing: [], resolved: [], held: [] };
  if (!route || !receiver) {
    return { ...nothing, reason: "empty", message: "The group has no alerts.", nextFlushAt: null };
  }
  const nextFlushAt = new Date(now.getTime() + route.groupIntervalMs);
  const muted = mutedBy(route, now);
  if (muted) {
    const firing = members.flatMap(({ alert }) => (alert.firing ? [alert] : []));
    return { ...nothing, firing, reason: "muted", message: `The route is ${muted}.`, nextFlushAt };
  }

  const held: { alert: Alert; by: "silence" | "inhibition"; detail: string }[] = [];
  const firingNow = alerts.filter(({ firing }) => firing);
  const free = members.flatMap(({ alert }) => {
    const holder = holderOf(alert, firingNow, input);
    if (holder) held.push({ alert, ...holder });
    return holder ? [] : [alert];
  });
  if (free.length === 0) {
    const message = "All alerts of the group are silenced or inhibited.";
    return { ...nothing, held, reason: "held", message, nextFlushAt };
  }
  const firing = free.filter((alert) => alert.firing);
  const resolved = free.filter((alert) => !alert.firing);
  const need = needsNotification({ firing: keys(firing), resolved: keys(resolved) }, notified, {
    sendResolved: receiver.sendResolved,
    repeatIntervalMs: route.repeatIntervalMs,
    now,
  });
  // An alert notified as firing that ended while held stays so until its end can be sent.
  const withheld = held.flatMap(({ alert }) =>
    !alert.firing && notified?.firing.includes(alert.fingerprint) ? [alert] : [],
  );
  // Resolved alerts that were notified, or need not be, are dropped.
  const goesOn = firing.length > 0 || held.length > 0;
  return {
    ...need,
    notify: need.changed && (firing.length > 0 || receiver.sendResolved),
    remember: need.changed ? { firing: keys([...firing, ...withheld]), resolved: keys(resolved) } : null,
    route,
    receiver,
    firing,
    resolved: receiver.sendResolved ? resolved : [],
    held,
    nextFlushAt: goesOn ? nextFlushAt : null,
  };
}

/**
 * A resolved alert stays in its group until the next flush, or until the resolution of what was notified as firing is sent.
 */
function isOfInterest({ firing, fingerprint, resolvedAt }: RoutedAlert, notified: LastNotified | null): boolean {
  if (firing || notified?.firing.includes(fingerprint)) return true;
  return resolvedAt !== null && (!notified?.flushedAt || resolvedAt > notified.flushedAt);
}

function holderOf(
  alert: RoutedAlert,
  firing: readonly RoutedAlert[],
  { tree, silences, now }: Pick<FlushInput<RoutedAlert>, "tree" | "silences" | "now">,
): { by: "silence" | "inhibition"; detail: string } | null {
  const source = inhibitedBy(alert, firing, tree.inhibitRules);
  if (source) return { by: "inhibition", detail: source.fingerprint };
  const silence = silencedBy(alert.labels, silences, now)[0];
  return silence ? { by: "silence", detail: silence.id } : null;
}

function keys(alerts: readonly RoutedAlert[]): string[] {
  return alerts.map(({ fingerprint }) => fingerprint).sort();
}
