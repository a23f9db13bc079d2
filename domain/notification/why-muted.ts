import { inhibitedBy } from "../routing/inhibited-by.ts";
import type { Labels } from "../routing/matcher.ts";
import { mutedBy } from "../routing/muted-by.ts";
import { routesFor } from "../routing/routes-for.ts";
import { notifiesSomeone, type RoutingTree } from "../routing/routing-tree.ts";
import { type Silence, silencedBy } from "../silence/silenced-by.ts";
import type { Muted } from "../situation/situation.ts";

export interface MuteFacts {
  tree: RoutingTree;
  silences: readonly Silence[];
  /** Firing alerts of any incident that may inhibit others. */
  firing: readonly { labels: Labels }[];
  now: Date;
}

/** Of several reasons the first is named: a silence was made by a person. */
const order: readonly Muted["reason"][] = ["silenced", "inhibited", "mute-time", "no-channel"];

/** Why none of an incident's firing alerts is notified; null: one is, or none fires. */
export function whyMuted(alerts: readonly { labels: Labels }[], facts: MuteFacts): Muted | null {
  const muted: Muted[] = [];
  for (const alert of alerts) {
    const mute = muteOf(alert, facts);
    // One is enough, and mostly the first.
    if (mute === null) return null;
    muted.push(mute);
  }
  if (muted.length === 0) return null;
  const reason = order.find((each) => muted.some((one) => one.reason === each)) ?? "no-channel";
  // The first of them to be heard again ends it.
  const ends = muted.flatMap((each) => (each.reason === reason && each.until ? each.until.getTime() : []));
  return { reason, until: ends.length === 0 ? null : new Date(Math.min(...ends)) };
}

function muteOf(alert: { labels: Labels }, { tree, silences, firing, now }: MuteFacts): Muted | null {
  const silencing = silencedBy(alert.labels, silences, now);
  if (silencing.length > 0) return { reason: "silenced", until: lastEnd(silencing) };
  if (inhibitedBy(alert, firing, tree.inhibitRules)) return { reason: "inhibited", until: null };
  const routes = routesFor(tree, alert.labels).filter(({ receiver }) => notifiesSomeone(tree.receivers.get(receiver)));
  if (routes.length === 0) return { reason: "no-channel", until: null };
  return routes.every((route) => mutedBy(route, now) !== null) ? { reason: "mute-time", until: null } : null;
}

/** When the last of them ends; null for silences that recur: each window has its own end. */
export function lastEnd(silences: readonly Silence[]): Date | null {
  if (silences.some(({ recurrence }) => recurrence !== null)) return null;
  return new Date(Math.max(...silences.map(({ endsAt }) => endsAt.getTime())));
}
