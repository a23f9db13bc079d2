import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { formatHour, type Hour } from "#domain/hour.ts";
import { type CloudEvent, countersMessage } from "#simulator/messages.ts";
import { datacenters } from "./page-catalogue.ts";

const everyMs = 250;
const patienceMs = 120_000;

/** Types with one datacenter each and counts that only the probe sends. */
export const probeTypes = Array.from({ length: 20 }, (_, index) => ({
  name: `Probe${String(index).padStart(2, "0")}`,
  datacenter: datacenters[index % datacenters.length] ?? "",
}));

/**
 * Counts of an ended hour, one after the other: the milliseconds from when each was ingested (HTTP: answered after the commit;
 * Pub/Sub: published) until the judge's commit included its hour.
 */
export async function probeVerdicts(terms: {
  databaseUrl: string;
  hour: Hour;
  seconds: number;
  take(event: CloudEvent): Promise<void>;
  /** Those of `probeTypes` to count; absent: all. */
  types?: typeof probeTypes;
}): Promise<number[]> {
  const types = terms.types ?? probeTypes;
  const client = new pg.Client({ connectionString: terms.databaseUrl });
  await client.connect();
  const times: number[] = [];
  try {
    const ids = await idsOf(client);
    const judged = new Map<number, (atMs: number) => void>();
    client.on("notification", ({ payload = "" }) => {
      const atMs = performance.now();
      const named = payload === "*" ? [...judged.keys()] : namedTypes(payload, terms.hour);
      for (const id of named) judged.get(id)?.(atMs);
    });
    await client.query("LISTEN tidemark_verdict");
    const untilMs = performance.now() + terms.seconds * 1_000;
    for (let nth = 1; performance.now() < untilMs; nth += 1) {
      const type = types[nth % types.length];
      const id = type && ids.get(type.name);
      if (!type || id === undefined) throw new Error("The probe's event types are not in the catalogue.");
      const seen = new Promise<number>((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`No verdict within ${patienceMs / 1_000} s of its count.`)),
          patienceMs,
        );
        judged.set(id, (atMs) => {
          clearTimeout(timer);
          judged.delete(id);
          resolve(atMs);
        });
      });
      // Awaited below; the count itself may take as long.
      seen.catch(() => undefined);
      await terms.take(probeCount(type, terms.hour, nth));
      const takenAtMs = performance.now();
      times.push(Math.max(0, (await seen) - takenAtMs));
      await sleep(everyMs);
    }
  } finally {
    await client.end();
  }
  return times;
}

function probeCount({ name, datacenter }: { name: string; datacenter: string }, hour: Hour, nth: number): CloudEvent {
  return countersMessage({
    dc: datacenter,
    instance: "probe",
    at: new Date(),
    stage: "delivered",
    about: `${name}/${nth}`,
    // Larger than any count sent by an earlier run.
    reports: [{ eventType: name, hour: formatHour(hour), events: Math.round(performance.now() * 1_000) }],
  });
}

async function idsOf(client: pg.Client): Promise<Map<string, number>> {
  const { rows } = await client.query<{ id: number; name: string }>("SELECT id, name FROM event_type");
  return new Map(rows.map(({ id, name }) => [name, id]));
}

function namedTypes(payload: string, hour: Hour): number[] {
  return (JSON.parse(payload) as [number, number][]).flatMap(([id, ms]) => (ms === hour.getTime() ? id : []));
}
