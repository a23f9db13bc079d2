import { stringify } from "yaml";
import { formatHour, type Hour } from "#domain/hour.ts";

const apiVersion = "tidemark/v1";

export const datacenters = ["lon", "ash", "sjc", "sto", "gcp-eu"] as const;
export const loadTypes = Array.from({ length: 500 }, (_, index) => `Load${String(index).padStart(3, "0")}`);

/** One type per page, so that every page is a group of its own; its datacenter is the incident's cause. */
export interface PagedType {
  name: string;
  datacenter: string;
}

export function pagedTypes(count: number): PagedType[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `Page${String(index).padStart(4, "0")}`,
    datacenter: datacenters[index % datacenters.length] ?? "",
  }));
}

interface Terms {
  paged: readonly PagedType[];
  /** The hour with the loss: it has ended. */
  hour: Hour;
  /** The hour that the load counts in. */
  loadHour: Hour;
  webhookUrl: string;
}

/** What a team would apply: the fleet, one rule, one webhook, and a tree that notifies it at once. The default rules stay. */
export function pageCatalogue({ paged, hour, loadHour, webhookUrl }: Terms): string {
  const document = (kind: string, name: string, spec: object) => ({ apiVersion, kind, metadata: { name }, spec });
  const documents = [
    ...datacenters.map((name) => document("Datacenter", name, { activeFrom: formatHour(hour) })),
    // Their counts settle after the run: the load itself never pages.
    ...loadTypes.map((name) =>
      document("EventType", name, { owner: "load", tier: "low", activeFrom: formatHour(loadHour), settle: "1d" }),
    ),
    ...paged.map(({ name, datacenter }) =>
      document("EventType", name, {
        owner: "paged",
        tier: "low",
        datacenters: [datacenter],
        activeFrom: formatHour(hour),
        settle: "0s",
      }),
    ),
    document("AlertRule", "bench-lost", {
      metric: "lost",
      scope: { owner: "paged" },
      threshold: "1%",
      severity: "page",
    }),
    document("Channel", "bench-hook", { type: "webhook", url: webhookUrl, allowPrivate: true }),
    document("RoutingTree", "default", {
      route: {
        receiver: "nobody",
        groupBy: ["cause"],
        routes: [
          {
            matchers: ['alertname="bench-lost"'],
            receiver: "bench",
            groupBy: ["cause", "eventType"],
            groupWait: "0s",
          },
        ],
      },
      receivers: [
        { name: "nobody", channels: [] },
        { name: "bench", channels: ["bench-hook"], sendResolved: false },
      ],
    }),
  ];
  return documents.map((each) => stringify(each, { lineWidth: 0 })).join("---\n");
}
