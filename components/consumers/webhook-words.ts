import { formatCountOf } from "#components/ui/number-format.ts";
import { hrefOf } from "#components/ui/page-search.ts";
import type { SubscriptionJson, SubscriptionMessageJson } from "#domain/api/consumers.ts";

type Events = Pick<SubscriptionJson, "events" | "runHours" | "dayZone" | "dayEventTypes">;
type Fate = Pick<SubscriptionMessageJson, "attempts" | "deliveredAt" | "gaveUpAt" | "lastError">;

/** The events it is sent about an hour, as a list. */
export function eventsText({ events, runHours, dayZone, dayEventTypes }: Events): string {
  const words: Partial<Record<Events["events"][number], string>> = {
    run: `runs of ${runHours} h`,
    day: `days of ${dayEventTypes.join(", ")} (${dayZone})`,
    "day-amended": "amended days",
  };
  return events.map((event) => words[event] ?? event).join(", ");
}

/** Its target, short enough for a row: the path means little and is often secret. */
export function hostOf({ url }: Pick<SubscriptionJson, "url">): string {
  return URL.parse(url)?.host ?? url;
}

/** A message's status, in a few words. */
export function fateText({ attempts, deliveredAt, gaveUpAt, lastError }: Fate): string {
  const tries = formatCountOf(attempts, "attempt");
  const why = lastError === null ? "" : `: ${lastError}`;
  if (deliveredAt !== null) return attempts > 1 ? `delivered after ${tries}` : "delivered";
  if (gaveUpAt !== null) return `failed after ${tries}${why}`;
  return attempts === 0 ? "waiting to be sent" : `retrying after ${tries}${why}`;
}

/** Its newest message failed at the first attempt, or some were given up on. */
export function isInTrouble({ failed, lastMessage }: Pick<SubscriptionJson, "failed" | "lastMessage">): boolean {
  return failed > 0 || (lastMessage !== null && lastMessage.deliveredAt === null && lastMessage.attempts > 0);
}

/** A webhook's status: its last message, and what failed. */
export function healthText({
  lastMessage,
  waiting,
  failed,
}: Pick<SubscriptionJson, "lastMessage" | "waiting" | "failed">): string {
  if (lastMessage === null) return "no messages yet";
  const parts = [`${lastMessage.day ?? lastMessage.hour} ${lastMessage.event}, ${fateText(lastMessage)}`];
  const behind = waiting - (isWaiting(lastMessage) ? 1 : 0);
  const lost = failed - (lastMessage.gaveUpAt !== null && lastMessage.deliveredAt === null ? 1 : 0);
  if (behind > 0) parts.push(`${behind} more waiting`);
  if (lost > 0) parts.push(`${lost} earlier failed`);
  return parts.join("; ");
}

function isWaiting({ deliveredAt, gaveUpAt }: Pick<Fate, "deliveredAt" | "gaveUpAt">): boolean {
  return deliveredAt === null && gaveUpAt === null;
}

/** The page that creates one, filled in as far as known. */
export function newWebhookHref(known: { eventType?: string; consumer?: string }): string {
  return hrefOf("/consumers/new-webhook", known);
}

export function webhookHref(id: string): string {
  return `/consumers/subscriptions/${encodeURIComponent(id)}`;
}
