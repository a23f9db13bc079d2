import type { TestApi } from "../test-api.ts";
import { datacenters, eventTypes } from "./make-events.ts";

/** What pages and programs read: each must answer, whatever was ingested. Returns what did not. */
export async function readEverything(api: TestApi, hour: string, month: string): Promise<string[]> {
  const type = (name: string) => `/api/v1/event-types/${encodeURIComponent(name)}`;
  const paths = [
    "/api/v1/board",
    "/api/v1/board/compact",
    "/api/v1/matrix",
    "/api/v1/event-types?limit=500",
    "/api/v1/datacenters?limit=500",
    "/api/v1/deployments",
    "/api/v1/alerts",
    "/api/v1/lateness",
    "/api/v1/rejected-messages",
    "/api/v1/status",
    `/api/v1/slo/attainment?month=${month}`,
    "/metrics",
    ...datacenters.map((name) => `/api/v1/datacenters/${encodeURIComponent(name)}/lanes`),
    ...eventTypes.flatMap((name) => [
      type(name),
      `${type(name)}/hours?limit=500`,
      `${type(name)}/hours/${hour}`,
      `${type(name)}/hours/${hour}/explanation`,
      `${type(name)}/hours/${hour}/progress`,
      `${type(name)}/hours/${hour}/skew`,
      `${type(name)}/hours/${hour}/revisions`,
      `${type(name)}/hours/${hour}/ready`,
      `${type(name)}/volume`,
    ]),
  ];
  const failed: string[] = [];
  for (const path of paths) {
    const answer = await api.call("GET", path);
    const text = await answer.text();
    if (answer.status >= 500) failed.push(`GET ${path} answered ${answer.status}: ${text.slice(0, 300)}`);
  }
  return failed;
}
