import { stringify } from "yaml";

/** The objectives of the fleet's owners by tier, as catalogue documents. */
export function promisesYaml(): string {
  const tiers = [
    { name: "high", deadline: "2h", objectives: { timeliness: "99.5%", completeness: "99.9%", skew: "99.9%" } },
    { name: "normal", deadline: "24h", objectives: { timeliness: "99%", completeness: "99.5%", skew: "99.9%" } },
    { name: "low", deadline: "72h", objectives: { timeliness: "95%", completeness: "99%" } },
  ];
  return tiers
    .map(({ name, ...spec }) => stringify({ apiVersion: "tidemark/v1", kind: "Tier", metadata: { name }, spec }))
    .join("---\n");
}

export interface Dependent {
  eventType: string;
  consumer: string;
  contact: string;
  description: string;
  minCompleteness?: number;
}

/** The consumers of the fleet's hours. */
export const dependents: readonly Dependent[] = [
  {
    eventType: "EndSong",
    consumer: "royalties-daily",
    contact: "#royalties",
    description: "Pays artists and labels for a day's plays.",
    minCompleteness: 0.9999,
  },
  {
    eventType: "EndSong",
    consumer: "charts-hourly",
    contact: "#charts",
    description: "Ranks tracks by recent plays.",
    minCompleteness: 0.99,
  },
  {
    eventType: "StreamReported",
    consumer: "royalties-daily",
    contact: "#royalties",
    description: "Pays artists and labels for a day's plays.",
    minCompleteness: 0.9999,
  },
  {
    eventType: "AdImpression",
    consumer: "advertiser-billing",
    contact: "ads-billing@example.com",
    description: "Bills advertisers by the impressions of an hour.",
  },
  {
    eventType: "PaymentCaptured",
    consumer: "ledger-close",
    contact: "finance-data@example.com",
    description: "Closes the day's books.",
    minCompleteness: 1,
  },
  {
    eventType: "SearchQuery",
    consumer: "search-ranking",
    contact: "#search",
    description: "Learns from searches.",
    minCompleteness: 0.95,
  },
];
