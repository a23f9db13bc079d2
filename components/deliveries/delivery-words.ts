import { formatCountOf } from "#components/ui/number-format.ts";
import { hrefOf, searchOf } from "#components/ui/page-search.ts";
import type { DeliveryJson } from "#domain/api/deliveries.ts";

export interface DeliveryFilter {
  /** `subscription`: consumers' webhooks. */
  producer: "channel" | "subscription" | null;
  channel: string | null;
  state: DeliveryJson["state"] | null;
}

export const deliveriesAtOnce = 50;

/** Its status, in a few words. */
export function becameText({
  state,
  attempts,
  withdrawnBecause,
  lastDetail,
}: Pick<DeliveryJson, "state" | "attempts" | "withdrawnBecause" | "lastDetail">): string {
  const tries = formatCountOf(attempts, "attempt");
  const why = lastDetail === null ? "" : `: ${lastDetail}`;
  if (state === "sent") return attempts > 1 ? `sent after ${tries}` : "sent";
  if (state === "failed") return `failed after ${tries}${why}`;
  if (state === "withdrawn") return withdrawnBecause === null ? "not sent" : `not sent: ${withdrawnBecause}`;
  return attempts === 0 ? "waiting to be sent" : `retrying after ${tries}${why}`;
}

/** The list's query, for the API and for the page's URL. */
export function deliverySearch(filter: DeliveryFilter): string {
  return searchOf({ limit: String(deliveriesAtOnce), ...filter });
}

export function deliveriesHref(filter: DeliveryFilter, before: string | null = null): string {
  return hrefOf("/alerts/deliveries", { ...filter, before });
}
