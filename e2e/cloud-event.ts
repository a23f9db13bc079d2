import { randomUUID } from "node:crypto";

export interface CloudEventJson {
  specversion: "1.0";
  id: string;
  source: string;
  type: string;
  time: string;
  data: unknown;
}

/** A report of a datacenter's reporter at an instant, as a CloudEvent. */
export function cloudEvent(
  kind: string,
  time: string,
  data: { dc: string; [member: string]: unknown },
): CloudEventJson {
  return { specversion: "1.0", id: randomUUID(), source: `/${data.dc}/e2e`, type: `tidemark.${kind}.v1`, time, data };
}
