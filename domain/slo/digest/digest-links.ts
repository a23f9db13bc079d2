import type { SloDigestJson } from "../../api/slo-digest.ts";

/** The pages with the digest's figures in full, for the same month and scope. */
export function reportUrl(digest: Pick<SloDigestJson, "month" | "filter">, publicUrl: string): string {
  const { tier, owner } = digest.filter;
  const query = new URLSearchParams({ month: digest.month, ...(tier && { tier }), ...(owner && { owner }) });
  return `${publicUrl}/service-levels?${query}`;
}

export function incidentUrl(id: string, publicUrl: string): string {
  return `${publicUrl}/alerts/incidents/${encodeURIComponent(id)}`;
}

/** Why the recipient gets it, and how to change that: an unexplained mail is taken for junk. */
export function reasonText({ askedBy, filter }: Pick<SloDigestJson, "askedBy" | "filter">): string {
  const whose = [filter.tier && `tier ${filter.tier}`, filter.owner && `owner ${filter.owner}`]
    .filter(Boolean)
    .join(", ");
  const digest = `the monthly digest${whose ? ` of ${whose}` : ""}`;
  return askedBy === null
    ? `Tidemark sends ${digest} once each month is frozen, because the channel has monthlyDigest set.`
    : `${askedBy} requested ${digest}. The scheduled one is sent as well, once the month is frozen.`;
}
