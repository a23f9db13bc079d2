import type { Database } from "#server/db/database.ts";
import type { TestApi } from "../test-api.ts";
import { eventTypes } from "./make-events.ts";
import type { PlainModel, PlainTerms, PlainVerdict } from "./plain-model.ts";

interface VerdictRow extends PlainVerdict {
  eventType: string;
  hour: Date;
}

interface Active {
  activeFrom: string | null;
  activeTo: string | null;
}

interface TypeAnswer extends Active {
  name: string;
  status: string;
  deadlineSeconds: number;
  settleSeconds: number;
  maxLost: number;
  maxDuplicated: number;
  datacenters: string[] | null;
}

const largest = 2n ** 63n - 1n;
/** What storage holds of a sum: beyond it the figure stands at the largest. */
const stored = (sum: bigint) => (sum > largest ? largest : sum);

export interface Comparison {
  hours: number;
  states: Map<string, number>;
  findings: string[];
}

/** Every verdict against what the accepted messages alone say under the catalogue's terms as they are now. */
export async function compareVerdicts(
  api: TestApi,
  database: Database,
  model: PlainModel,
  now: Date,
): Promise<Comparison> {
  const types = await readAll<TypeAnswer>(api, "event-types");
  const sites = await readAll<Active & { name: string; status: string }>(api, "datacenters");
  const { rows } = await database.sql.query<Record<string, string> & { hour: Date }>(
    `SELECT t.name AS "eventType", v.hour, v.state, v.produced, v.delivered, v.lost, v.duplicated
       FROM verdict v JOIN event_type t ON t.id = v.event_type_id WHERE t.name = ANY ($1)`,
    [eventTypes],
  );
  const comparison: Comparison = { hours: 0, states: new Map(), findings: [] };
  for (const row of rows) {
    const type = types.find(({ name }) => name === row.eventType);
    if (type?.status !== "claimed" || !isActive(type, row.hour)) continue;
    const expected = sites
      .filter((site) => (type.datacenters ? type.datacenters.includes(site.name) : site.status === "claimed"))
      .filter((site) => isActive(type.datacenters ? { ...site, activeFrom: null } : site, row.hour))
      .map(({ name }) => name);
    const found = toVerdict(row);
    const verdict = model.verdictOf(termsOf(type), row.hour, expected, now);
    const right = { ...verdict, ...figures(verdict) };
    comparison.hours += 1;
    comparison.states.set(found.state, (comparison.states.get(found.state) ?? 0) + 1);
    if (say(found) === say(right)) continue;
    const isFalse = found.state === "complete" && right.state !== "complete" ? "FALSE COMPLETE: " : "";
    comparison.findings.push(
      `${isFalse}${type.name} ${row.hour.toISOString()} is ${say(found)}, the model says ${say(right)}`,
    );
  }
  return comparison;
}

function figures({ produced, delivered, lost, duplicated }: PlainVerdict) {
  return {
    produced: stored(produced),
    delivered: stored(delivered),
    lost: stored(lost),
    duplicated: stored(duplicated),
  };
}

function say({ state, produced, delivered, lost, duplicated }: PlainVerdict): string {
  return `${state} (${produced} produced, ${delivered} delivered, ${lost} lost, ${duplicated} duplicated)`;
}

function toVerdict(row: Record<string, string> & { hour: Date }): VerdictRow {
  const { eventType = "", hour, state = "" } = row;
  const count = (key: string) => BigInt(row[key] ?? 0);
  return {
    eventType,
    hour,
    state,
    produced: count("produced"),
    delivered: count("delivered"),
    lost: count("lost"),
    duplicated: count("duplicated"),
  };
}

function termsOf(type: TypeAnswer): PlainTerms {
  const { name, deadlineSeconds, settleSeconds, maxLost, maxDuplicated } = type;
  return { name, deadlineMs: deadlineSeconds * 1000, settleMs: settleSeconds * 1000, maxLost, maxDuplicated };
}

function isActive({ activeFrom, activeTo }: Active, hour: Date): boolean {
  return (activeFrom === null || hour >= new Date(activeFrom)) && (activeTo === null || hour < new Date(activeTo));
}

async function readAll<Each>(api: TestApi, what: string): Promise<Each[]> {
  const all: Each[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const answer = await api.call(
      "GET",
      `/api/v1/${what}?limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    const { items, nextCursor } = (await answer.json()) as { items: Each[]; nextCursor: string | null };
    all.push(...items);
    cursor = nextCursor;
  }
  return all;
}
