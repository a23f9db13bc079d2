import type { SloDigestJson } from "../../api/slo-digest.ts";

/** Where the digest's figures stand with everything else, of the same month and scope. */
export function reportUrl(digest: Pick<SloDigestJson, "month" | "filter">, publicUrl: string): string {
  const { tier, owner } = digest.filter;
  const query = new URLSearchParams({ month: digest.month, ...(tier && { tier }), ...(owner && { owner }) });
  return `${publicUrl}/slo?${query}`;
}

export function incidentUrl(id: string, publicUrl: string): string {
  return `${publicUrl}/alerts/incidents/${encodeURIComponent(id)}`;
}

/** Why somebody has it, and how to have it otherwise: a mail that cannot be told from others is taken for junk. */
export function reasonText({ askedBy, filter }: Pick<SloDigestJson, "askedBy" | "filter">): string {
  const whose = [filter.tier && `tier ${filter.tier}`, filter.owner && `owner ${filter.owner}`]
    .filter(Boolean)
    .join(", ");
  const digest = `the monthly digest${whose ? ` of ${whose}` : ""}`;
  return askedBy === null
    ? `Tidemark sends ${digest} once each month is frozen, because its channel says monthlyDigest.`
    : `${askedBy} asked for ${digest} to be sent now. The regular one comes all the same, once the month is frozen.`;
}
