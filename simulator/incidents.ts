import type { Stage } from "#domain/protocol.ts";

/** The truth behind an incident, for tests and drills: what a good diagnosis names. */
export interface Cause {
  dc: string;
  /** The first stage whose counts show it. */
  stage: Stage;
  component: string;
  instance?: string;
  version?: string;
}

/** They share a datacenter's payments, and each counts its own: the expected reporters. */
export const hosts: readonly string[] = ["payments-host-1", "payments-host-2", "payments-host-3"];
const mortalHost = "payments-host-2";

interface Scope {
  id: string;
  dc: string;
  /** On a whole minute: history groups messages by the minute. */
  fromAt: Date;
  toAt: Date;
  /** null: every type of the datacenter. */
  eventTypes: readonly string[] | null;
  cause: Cause;
}

/** Events pass slower or not at all for a while; none is lost, and the backlog is caught up afterwards. */
export interface Throttle extends Scope {
  kind: "network-cut" | "dc-silent" | "exporter-stall" | "bad-deployment" | "pubsub-backlog";
  /** What still passes, as a share of the inflow; 0: nothing. */
  rate: number;
  /** The multiple of the normal pace at which the backlog passes afterwards; above 1. */
  catchUp: number;
}

/** Some of the events of that time are lost, doubled, put into the wrong hour, never produced or never counted. */
export interface Miscount extends Scope {
  kind: "host-loss" | "retry-storm" | "clock-skew" | "traffic-drop" | "dead-host";
  /** Of the events that would have been produced meanwhile; for a dead host, its own share. */
  share: number;
  /** When a dead host's events come back after all. */
  returnsAt: Date | null;
}

export type Incident = Throttle | Miscount;

type Terms = Pick<Scope, "id" | "dc" | "fromAt" | "toAt"> & { eventTypes?: readonly string[] };

/** The hosts of a datacenter cannot reach the queue: they buffer, and keep counting. */
export function networkCut(terms: Terms): Throttle {
  return throttle(terms, "network-cut", { stage: "published", component: "network" }, 0, 3);
}

/** No messages from a datacenter; on its return it reports what happened meanwhile. */
export function silentDatacenter(terms: Terms): Throttle {
  return throttle(terms, "dc-silent", { stage: "produced", component: "datacenter" }, 0, 4);
}

/** The exporter's heartbeat is fine and its watermark stands still. */
export function stalledExporter(terms: Terms): Throttle {
  return throttle(terms, "exporter-stall", { stage: "delivered", component: "exporter", instance: "exporter-1" }, 0, 4);
}

/** A new exporter handles half of the inflow, until it is rolled back at `toAt`. */
export function badDeployment(terms: Terms & { version: string }): Throttle {
  const cause = { stage: "delivered", component: "exporter", version: terms.version } as const;
  return throttle(terms, "bad-deployment", cause, 0.5, 2.5);
}

/** The queue delivers a third of the inflow. */
export function queueBacklog(terms: Terms): Throttle {
  return throttle(terms, "pubsub-backlog", { stage: "delivered", component: "pubsub" }, 0.35, 2.5);
}

/** A host lost events that it had accepted and counted but not published; with `returnsAt`, its disk is read later. */
export function lossyHost(terms: Terms & { share: number; returnsAt?: Date }): Miscount {
  const cause = { stage: "published", component: "event-service", instance: "event-service-2" } as const;
  return miscount(terms, "host-loss", cause, terms.share, terms.returnsAt ?? null);
}

/**
 * A host keeps taking its share of the traffic and neither counts nor publishes any of it, until it is replaced: every
 * total balances, and only its missing counts reveal it.
 */
export function deadHost(terms: Terms): Miscount {
  const cause = { stage: "produced", component: "event-service", instance: mortalHost } as const;
  return miscount(terms, "dead-host", cause, 1 / hosts.length, null);
}

/** Publishing is retried although it succeeded: some events are in the queue twice. */
export function retryStorm(terms: Terms & { share: number }): Miscount {
  const cause = { stage: "published", component: "pubsub-bridge", instance: "pubsub-bridge-1" } as const;
  return miscount(terms, "retry-storm", cause, terms.share, null);
}

/** Hosts' clocks are slow: their events are delivered into the hour after their own. */
export function skewedClocks(terms: Terms & { share: number }): Miscount {
  return miscount(terms, "clock-skew", { stage: "delivered", component: "event-service" }, terms.share, null);
}

/** A client release sends less than it should: unsent events are counted nowhere, and the rest closes in time. */
export function silentClients(terms: Terms & { share: number }): Miscount {
  return miscount(terms, "traffic-drop", { stage: "produced", component: "clients" }, terms.share, null);
}

/** When the last of a throttle's backlog has passed, give or take the types' usual delay. */
export function caughtUpAt({ fromAt, toAt, rate, catchUp }: Throttle): Date {
  const heldMs = (1 - rate) * (toAt.getTime() - fromAt.getTime());
  return new Date(toAt.getTime() + heldMs / (catchUp - 1));
}

export function isThrottle(incident: Incident): incident is Throttle {
  return "rate" in incident;
}

function throttle(
  { id, dc, fromAt, toAt, eventTypes = null }: Omit<Terms, "eventTypes"> & { eventTypes?: readonly string[] | null },
  kind: Throttle["kind"],
  cause: Omit<Cause, "dc">,
  rate: number,
  catchUp: number,
): Throttle {
  return { id, dc, fromAt, toAt, eventTypes, kind, cause: { dc, ...cause }, rate, catchUp };
}

function miscount(
  { id, dc, fromAt, toAt, eventTypes = null }: Omit<Terms, "eventTypes"> & { eventTypes?: readonly string[] | null },
  kind: Miscount["kind"],
  cause: Omit<Cause, "dc">,
  share: number,
  returnsAt: Date | null,
): Miscount {
  return { id, dc, fromAt, toAt, eventTypes, kind, cause: { dc, ...cause }, share, returnsAt };
}
