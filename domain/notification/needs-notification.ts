/** What a group's receiver was last sent. */
export interface LastNotified {
  readonly firing: readonly string[];
  readonly resolved: readonly string[];
  /** null: nothing yet. */
  readonly notifiedAt: Date | null;
  /** When the group was last flushed. */
  readonly flushedAt: Date | null;
}

export interface NotificationNeed {
  /** Whether the stored state is to be replaced, with a notification or without one. */
  readonly changed: boolean;
  readonly reason: "first" | "new-firing" | "all-resolved" | "resolved" | "repeat" | "nothing-new" | "never-notified";
  readonly message: string;
}

const messages: Readonly<Record<NotificationNeed["reason"], string>> = {
  first: "The group fires for the first time.",
  "new-firing": "New alerts fire that were not notified yet.",
  "all-resolved": "All notified alerts are resolved.",
  resolved: "Some alerts are resolved, and others still fire.",
  repeat: "Nothing changed, and the repeat interval has passed.",
  "nothing-new": "The receiver is up to date.",
  "never-notified": "The alerts resolved before the first notification.",
};

/**
 * Alertmanager's deduplication; the first line that holds:
 *
 * | never notified | something fires → first; nothing does → never-notified |
 * | fires and was not sent as firing | new-firing |
 * | nothing fires | something was sent as firing → all-resolved; else never-notified |
 * | resolved, not sent as resolved, and the receiver has sendResolved | resolved |
 * | the repeat interval is over | repeat |
 * | else | nothing-new |
 */
export function needsNotification(
  { firing, resolved }: { readonly firing: readonly string[]; readonly resolved: readonly string[] },
  notified: LastNotified | null,
  route: { readonly sendResolved: boolean; readonly repeatIntervalMs: number; readonly now: Date },
): NotificationNeed {
  if (!notified?.notifiedAt) return say(firing.length > 0 ? "first" : "never-notified");
  if (!isSubset(firing, notified.firing)) return say("new-firing");
  if (firing.length === 0) return say(notified.firing.length > 0 ? "all-resolved" : "never-notified");
  if (route.sendResolved && !isSubset(resolved, notified.resolved)) return say("resolved");
  const sinceMs = route.now.getTime() - notified.notifiedAt.getTime();
  return say(sinceMs >= route.repeatIntervalMs ? "repeat" : "nothing-new");
}

function say(reason: NotificationNeed["reason"]): NotificationNeed {
  return { changed: reason !== "nothing-new" && reason !== "never-notified", reason, message: messages[reason] };
}

function isSubset(some: readonly string[], all: readonly string[]): boolean {
  const known = new Set(all);
  return some.every((each) => known.has(each));
}
