import type { ChannelDigestJson } from "#domain/api/routing.ts";

/** "all event types", "the high tier", "the high tier’s types of payments". */
export function digestScope({ tier, owner }: Pick<ChannelDigestJson, "tier" | "owner">): string {
  if (tier !== null) return owner === null ? `the ${tier} tier` : `the ${tier} tier’s event types of ${owner}`;
  return owner === null ? "all event types" : owner;
}

const stateWords: Record<NonNullable<NonNullable<ChannelDigestJson["last"]>["state"]>, string> = {
  queued: "waiting to be sent",
  sent: "sent",
  failed: "failed",
  withdrawn: "not sent",
};

/** A month's delivery status, in a few words. */
export function digestOutcome({
  state,
  nothingBecause,
}: Pick<NonNullable<ChannelDigestJson["last"]>, "state" | "nothingBecause">): string {
  if (nothingBecause !== null) return `nothing was sent, for ${nothingBecause}`;
  if (state === null) return "sent; no longer in the delivery log";
  return stateWords[state];
}

/** Last month's digest as it appears in the mail. */
export function digestHref({ tier, owner }: Pick<ChannelDigestJson, "tier" | "owner">): string {
  const query = new URLSearchParams({
    format: "html",
    ...(tier === null ? {} : { tier }),
    ...(owner === null ? {} : { owner }),
  });
  return `/api/v1/slo/digest?${query}`;
}
