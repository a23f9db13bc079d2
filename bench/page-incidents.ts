import { setTimeout as sleep } from "node:timers/promises";
import type { Hour } from "#domain/hour.ts";
import type { CloudEvent } from "#simulator/messages.ts";
import type { Product } from "#test/product/start-product.ts";
import { until } from "#test/until.ts";
import type { PagedType } from "./page-catalogue.ts";
import { closing, recovery } from "./page-facts.ts";
import type { PageReceiver } from "./page-receiver.ts";
import type { Reference } from "./page-reference.ts";
import { readStages, type Stages } from "./page-stages.ts";

/** A transport for facts. */
export interface Way {
  name: string;
  say(event: CloudEvent): Promise<void>;
}

export interface IncidentTerms {
  paged: readonly PagedType[];
  hour: Hour;
  ways: readonly Way[];
  product: Product;
  receiver: PageReceiver;
  reference: Reference | null;
  /** Called after each incident, with the number so far. */
  onIncident(count: number): void;
}

export interface MeasuredIncidents {
  /** Milliseconds from sending the fact to the page's last byte, by transport. */
  times: Map<string, number[]>;
  referenceTimes: number[];
  stages: Stages[];
  /** How many different incidents the pages were about. */
  incidents: number;
}

const patienceMs = 60_000;

/**
 * One incident after another, alternating between transports: its page awaited, then recovered, and resolved before its type is used
 * again.
 */
export async function measureIncidents(terms: IncidentTerms): Promise<MeasuredIncidents> {
  const { paged, hour, ways, product, receiver, reference, onIncident } = terms;
  const times = new Map(ways.map(({ name }) => [name, [] as number[]]));
  const referenceTimes: number[] = [];
  const stages: Stages[] = [];
  const lastIn = new Map<string, string>();
  const incidents = new Set<string>();
  for (const [index, type] of paged.entries()) {
    const way = ways[index % ways.length] as Way;
    await untilOver(product, lastIn.get(type.datacenter));
    // At a random moment of the second in which Prometheus scrapes and evaluates.
    await sleep(Math.random() * 1_000);
    const fact = closing(type, hour);
    const saidAtMs = performance.now();
    reference?.close(type);
    const [ours, theirs] = await Promise.all([
      way.say(fact).then(() => receiver.arrivalOf("tidemark", type.name, patienceMs)),
      reference ? receiver.arrivalOf("reference", type.name, patienceMs) : null,
    ]);
    times.get(way.name)?.push(ours.atMs - saidAtMs);
    if (theirs) referenceTimes.push(theirs.atMs - saidAtMs);
    const incident = ours.source.split("/").at(-1) ?? "";
    lastIn.set(type.datacenter, incident);
    incidents.add(incident);
    const found = await readStages(product, incident, { saidAtMs, arrivedAtMs: ours.atMs });
    if (found) stages.push(found);
    reference?.recover(type);
    await way.say(recovery(type, hour));
    onIncident(index + 1);
  }
  return { times, referenceTimes, stages, incidents: incidents.size };
}

/** A loss in a type whose last incident is open would join it: each fact must be an incident of its own. */
async function untilOver(product: Product, incident: string | undefined): Promise<void> {
  if (incident === undefined) return;
  await until(`incident ${incident} is over`, async () => {
    const { state } = await product.get<{ state: string }>(`/incidents/${incident}`);
    return state === "resolved" || state;
  });
}
