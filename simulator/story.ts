import { addHours, hourOf } from "#domain/hour.ts";
import { parseRun, runLabel } from "./catalogue.ts";
import { calm, demoIncidents } from "./demo-script.ts";
import { eventTypeModels } from "./event-types.ts";
import type { Options } from "./options.ts";
import { callProduct, type Product, Refused } from "./product.ts";
import { makeSimulation, type Simulation } from "./simulation.ts";

export interface Story {
  simulation: Simulation;
  /** Everything up to here has been sent before. */
  reportedUntil: Date;
}

// An interrupted first run is resent from the start: repeated messages change nothing.
const firstReportMs = 600_000;
const overlapHours = 2;

/** The story to send: the continuation of the one that the product has, or a new one that ends its history at `until`. */
export async function findStory(product: Product, options: Options, until: Date): Promise<Story> {
  const incidents = options.calm ? calm : demoIncidents;
  const known = await findKnownRun(product);
  if (!known) {
    const liveAt = until;
    const startAt = addHours(hourOf(liveAt), -24 * options.historyDays);
    const simulation = makeSimulation({ ...options, startAt, liveAt, incidents });
    return { simulation, reportedUntil: startAt };
  }
  const simulation = makeSimulation({ ...known, types: options.types, incidents });
  const lastReportedAt = await findLastReported(product, simulation);
  const reportedBefore = lastReportedAt && lastReportedAt.getTime() > known.liveAt.getTime() + firstReportMs;
  const reportedUntil = reportedBefore ? addHours(lastReportedAt, -overlapHours) : simulation.startAt;
  product.say(
    `The product has this fleet's data since ${known.startAt.toISOString()} (seed ${known.seed}); continuing.`,
  );
  return { simulation, reportedUntil: reportedUntil < until ? reportedUntil : until };
}

async function findKnownRun(product: Product): Promise<{ seed: number; startAt: Date; liveAt: Date } | null> {
  const [first] = eventTypeModels(1);
  try {
    const answer = await callProduct(product, `/api/v1/event-types/${first?.name}`);
    const { labels, activeFrom } = (await answer.json()) as {
      labels: Record<string, string>;
      activeFrom: string | null;
    };
    const run = parseRun(labels[runLabel] ?? "");
    return run && activeFrom ? { ...run, startAt: new Date(activeFrom) } : null;
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return null;
    throw error;
  }
}

/** The smallest of the datacenters' latest message times; null before the first. */
async function findLastReported(product: Product, { lanes }: Simulation): Promise<Date | null> {
  const answer = await callProduct(product, "/api/v1/datacenters?limit=500");
  const { items } = (await answer.json()) as { items: { name: string; lastSeenAt: string | null }[] };
  const heard = [...lanes.keys()].map((dc) => items.find(({ name }) => name === dc)?.lastSeenAt ?? null);
  return heard.includes(null) ? null : new Date(Math.min(...heard.map((at) => Date.parse(at ?? ""))));
}
