import pg from "pg";
import { stringify } from "yaml";
import { formatHour, type Hour } from "#domain/hour.ts";
import { honestDatacenters, honestTypes } from "#test/hostile/honest-ledger.ts";
import type { PagedType } from "../../bench/page-catalogue.ts";

interface Terms {
  paged: readonly PagedType[];
  pagedHour: Hour;
  firstHour: Hour;
  webhookUrl: string;
}

/**
 * The load's types, whose hours may stay open for a month; a type and a datacenter for each page, so that it is an incident of its own; and two
 * rules that page: losses of those types, and a silence that never comes to be, unless a clock is believed that is wrong.
 */
export function drillCatalogue({ paged, pagedHour, firstHour, webhookUrl }: Terms): string {
  const document = (kind: string, name: string, spec: object) => ({
    ...{ apiVersion: "tidemark/v1", kind, metadata: { name }, spec },
  });
  const datacenter = (hour: Hour) => (name: string) => document("Datacenter", name, { activeFrom: formatHour(hour) });
  const type = (name: string, datacenters: readonly string[], hour: Hour, owner: string) =>
    document("EventType", name, {
      ...{ owner, tier: "low", deadline: "30d", datacenters, activeFrom: formatHour(hour), settle: "0s" },
    });
  const rule = (name: string, spec: object) => document("AlertRule", name, { ...spec, severity: "page" });
  const documents = [
    ...honestDatacenters.map(datacenter(firstHour)),
    ...paged.map(({ datacenter }) => datacenter).map(datacenter(pagedHour)),
    ...honestTypes.map((name) => type(name, honestDatacenters, firstHour, "load")),
    ...paged.map(({ name, datacenter }) => type(name, [datacenter], pagedHour, pagedOwner)),
    rule("drill-lost", { metric: "lost", scope: { owner: pagedOwner }, threshold: "1%" }),
    rule("drill-silence", { metric: "datacenter_silence", threshold: "10m", for: "0s" }),
    document("Channel", "phone", { type: "webhook", url: webhookUrl, allowPrivate: true }),
    document("RoutingTree", "default", {
      route: {
        ...{ receiver: "nobody", groupBy: ["cause"] },
        routes: [
          ['alertname="drill-lost"'],
          ['alertname="drill-silence"', `datacenter=~"${honestDatacenters.join("|")}"`],
        ].map((matchers) => ({ matchers, receiver: "phone", groupBy: ["cause", "eventType"], groupWait: "0s" })),
      },
      receivers: [
        { name: "nobody", channels: [] },
        { name: "phone", channels: ["phone"], sendResolved: false },
      ],
    }),
  ];
  return documents.map((each) => stringify(each, { lineWidth: 0 })).join("---\n");
}

const pagedOwner = "paged";

/** As if they had been claimed a day ago: hours that ended before the claim do not page. */
export async function claimPagedYesterday(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("UPDATE event_type SET claimed_at = claimed_at - interval '1 day' WHERE owner = $1", [
      pagedOwner,
    ]);
  } finally {
    await client.end();
  }
}
