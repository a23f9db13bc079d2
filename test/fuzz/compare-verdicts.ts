import { addHours, formatHour } from "#domain/hour.ts";
import type { Database } from "#server/db/database.ts";
import type { TestApi } from "../test-api.ts";
import { eventTypes } from "./make-events.ts";
import type { PlainAcceptances } from "./plain-acceptances.ts";
import type { PlainFacts } from "./plain-facts.ts";
import { type PlainTerms, type PlainVerdict, verdictOf } from "./plain-model.ts";

interface VerdictRow {
  eventType: string;
  hour: Date;
  state: string;
  known: boolean;
  closedAt: Date | null;
  produced: string;
  delivered: string;
  lost: string;
  duplicated: string;
  skewed: string;
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
  impliedZero: boolean;
  expectReporters: boolean;
  datacenters: string[] | null;
  completeThrough: string | null;
}

const largest = 2n ** 63n - 1n;
/** The largest sum that storage holds: beyond it the figure is capped. */
const stored = (sum: bigint) => (sum > largest ? largest : sum);

export interface Comparison {
  hours: number;
  states: Map<string, number>;
  findings: string[];
  /** Per type the model's verdicts, by hour: what an acceptance accepts. */
  verdicts: Map<string, Map<number, PlainVerdict>>;
}

export interface ToCompare {
  api: TestApi;
  database: Database;
  facts: PlainFacts;
  acceptances: PlainAcceptances;
  now: Date;
}

/** Compares every verdict with what the accepted messages alone imply under the catalogue's current terms. */
export async function compareVerdicts({ api, database, facts, acceptances, now }: ToCompare): Promise<Comparison> {
  const types = await readAll<TypeAnswer>(api, "event-types");
  const sites = await readAll<Active & { name: string; status: string }>(api, "datacenters");
  const { rows } = await database.sql.query<VerdictRow & { accepted: boolean }>(
    `SELECT t.name AS "eventType", v.hour, v.state, v.known, v.closed_at AS "closedAt", v.produced, v.delivered, v.lost, v.duplicated,
            v.skewed, v.accepted_by_correction IS NOT NULL AS accepted
       FROM verdict v JOIN event_type t ON t.id = v.event_type_id WHERE t.name = ANY ($1) ORDER BY v.hour`,
    [eventTypes],
  );
  const found = Map.groupBy(rows, (row) => row.eventType);
  const reading = facts.read();
  const comparison: Comparison = { hours: 0, states: new Map(), findings: [], verdicts: new Map() };
  for (const type of types) {
    if (!isKnownType(type.name) || type.status === "discovered" || type.activeFrom === null) continue;
    const verdicts = new Map<number, PlainVerdict>();
    comparison.verdicts.set(type.name, verdicts);
    const stored = new Map(found.get(type.name)?.map((row) => [row.hour.getTime(), row]));
    const passed: number[] = [];
    for (let hour = new Date(type.activeFrom); hour <= now && isActive(type, hour); hour = addHours(hour, 1)) {
      const verdict = atMost(verdictOf(reading, termsOf(type), hour, expectedOf(type, sites, hour), now));
      verdicts.set(hour.getTime(), verdict);
      const isAccepted = acceptances.holds(type.name, hour, verdict);
      if (verdict.state === "complete" || isAccepted) passed.push(hour.getTime());
      const right = say(verdict, isAccepted);
      const row = stored.get(hour.getTime());
      const given = row ? say(row, row.accepted) : "missing";
      comparison.hours += 1;
      comparison.states.set(verdict.state, (comparison.states.get(verdict.state) ?? 0) + 1);
      if (given === right) continue;
      const isFalse = row?.state === "complete" && verdict.state !== "complete" ? "FALSE COMPLETE: " : "";
      comparison.findings.push(
        `${isFalse}${type.name} ${hour.toISOString()} is ${given}, the model says ${right}; ${JSON.stringify(type)}`,
      );
    }
    const through = throughOf(new Date(type.activeFrom), new Set(passed));
    if (type.completeThrough !== through)
      comparison.findings.push(`${type.name} is complete through ${type.completeThrough}, the model says ${through}`);
  }
  return comparison;
}

function isKnownType(name: string): boolean {
  return (eventTypes as readonly string[]).includes(name);
}

function expectedOf(
  type: TypeAnswer,
  sites: readonly (Active & { name: string; status: string })[],
  hour: Date,
): string[] {
  return sites
    .filter((site) => (type.datacenters ? type.datacenters.includes(site.name) : site.status !== "discovered"))
    .filter((site) => isActive(type.datacenters ? { ...site, activeFrom: null } : site, hour))
    .map(({ name }) => name);
}

/** The last hour of the run of readable hours, from the first on. */
function throughOf(first: Date, passed: ReadonlySet<number>): string | null {
  let through: string | null = null;
  for (let hour = first; passed.has(hour.getTime()); hour = addHours(hour, 1)) through = formatHour(hour);
  return through;
}

function atMost(verdict: PlainVerdict): PlainVerdict {
  const { produced, delivered, lost, duplicated, skewed } = verdict;
  return {
    ...verdict,
    produced: stored(produced),
    delivered: stored(delivered),
    lost: stored(lost),
    duplicated: stored(duplicated),
    skewed: stored(skewed),
  };
}

function say(verdict: VerdictRow | PlainVerdict, isAccepted: boolean): string {
  const { state, known, closedAt, produced, delivered, lost, duplicated, skewed } = verdict;
  const closed = closedAt === null ? "not closed" : `closed at ${new Date(closedAt).toISOString()}`;
  const figures = `${produced} produced, ${delivered} delivered, ${lost} lost, ${duplicated} duplicated, ${skewed} skewed`;
  return `${state}${isAccepted ? " and accepted" : ""} (${known ? "known" : "unknown"}, ${closed}, ${figures})`;
}

function termsOf(type: TypeAnswer): PlainTerms {
  const { name, deadlineSeconds, settleSeconds, maxLost, maxDuplicated, impliedZero, expectReporters } = type;
  const terms = { name, deadlineMs: deadlineSeconds * 1000, settleMs: settleSeconds * 1000, maxLost, maxDuplicated };
  return { ...terms, impliedZero, expectReporters };
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
