import pg from "pg";
import { stringify } from "yaml";
import { addHours, formatHour, type Hour, hourEnd, hourOf } from "#domain/hour.ts";
import { readRuntime } from "#server/process/runtime-file.ts";
import { countersMessage, watermarkMessage } from "#simulator/messages.ts";
import type { Product } from "#test/product/start-product.ts";
import { until } from "#test/until.ts";
import { type HonestLedger, honestDatacenters, honestTypes } from "./honest-ledger.ts";

export interface HonestScene {
  /** Ended, counted in by the load. */
  hour: Hour;
  databaseUrl: string;
  /** Its hour is never closed. */
  heldType: string;
  incident: string;
}

const heldType = "Held";
const lossyType = "Lossy";

/** The event types of the load, one whose hour stays open, and one whose loss is an open incident. `more` are types of a measurement. */
export async function setHonestScene(
  product: Product,
  more: readonly { name: string; datacenter: string }[] = [],
): Promise<HonestScene> {
  const hour = addHours(hourOf(new Date()), -1);
  const databaseUrl = (await readRuntime(product.dataFolder))?.databaseUrl ?? "";
  await send(product, "/catalogue", "application/yaml", catalogueOf(hour, more));
  await lose(product, hour);
  let incident = "";
  await until("the loss is an incident", async () => {
    const { items } = await product.get<{ items: { id: string }[] }>("/incidents");
    incident = items[0]?.id ?? "";
    return incident !== "";
  });
  return { hour, databaseUrl, heldType, incident };
}

/** What differs between what honest reporters counted and what is stored, or what its verdicts say; empty: nothing. Waits until all is judged. */
export async function findLost(
  product: Product,
  { hour, databaseUrl }: HonestScene,
  ledger: HonestLedger,
): Promise<string[]> {
  let differences: string[] = [];
  await until(
    "all that was counted is stored and judged",
    async () => {
      differences = await compare(product, { hour, databaseUrl }, ledger);
      return differences.length === 0 || differences.slice(0, 3).join("; ");
    },
    60,
  ).catch(() => undefined);
  return differences;
}

async function compare(
  product: Product,
  { hour, databaseUrl }: Pick<HonestScene, "hour" | "databaseUrl">,
  ledger: HonestLedger,
): Promise<string[]> {
  const stored = await readTotals(databaseUrl, hour);
  const found = await Promise.all(
    honestTypes.map(async (eventType) => {
      const said = await product.get<{ state: string; produced: number; delivered: number; lost: number }>(
        `/event-types/${eventType}/hours/${formatHour(hour)}`,
      );
      const { produced, delivered, state } = ledger.expected(eventType);
      const wanted = {
        stored: { produced, delivered },
        said: { state, produced, delivered, lost: produced - delivered },
      };
      const is = {
        stored: stored.get(eventType) ?? null,
        said: { state: said.state, produced: said.produced, delivered: said.delivered, lost: said.lost },
      };
      const [one, other] = [JSON.stringify(wanted), JSON.stringify(is)];
      return one === other ? [] : [`${eventType}: ${one} expected, ${other} found`];
    }),
  );
  return found.flat();
}

async function readTotals(
  databaseUrl: string,
  hour: Hour,
): Promise<Map<string, { produced: number; delivered: number }>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; produced: number; delivered: number }>(
      `SELECT name, sum(events) FILTER (WHERE stage = 1)::float AS produced, sum(events) FILTER (WHERE stage = 3)::float AS delivered
         FROM report JOIN event_type ON event_type.id = event_type_id
        WHERE hour = $1
        GROUP BY name`,
      [hour],
    );
    return new Map(rows.map(({ name, ...sums }) => [name, sums]));
  } finally {
    await client.end();
  }
}

function catalogueOf(hour: Hour, more: readonly { name: string; datacenter: string }[]): string {
  const document = (kind: string, name: string, spec: object) => ({
    apiVersion: "tidemark/v1",
    kind,
    metadata: { name },
    spec,
  });
  const active = { activeFrom: formatHour(hour) };
  const type = (name: string, spec: object = {}) =>
    document("EventType", name, {
      owner: "honest",
      tier: "low",
      datacenters: [...honestDatacenters],
      ...active,
      settle: "0s",
      ...spec,
    });
  const sites = new Set([...honestDatacenters, ...more.map(({ datacenter }) => datacenter)]);
  const documents = [
    ...[...sites].map((name) => document("Datacenter", name, active)),
    ...honestTypes.map((name) => type(name)),
    type(heldType),
    type(lossyType, { owner: "lossy", datacenters: ["west"] }),
    ...more.map(({ name, datacenter }) => type(name, { datacenters: [datacenter] })),
    document("AlertRule", "lossy", { metric: "lost", scope: { owner: "lossy" }, threshold: "1%", severity: "page" }),
  ];
  return documents.map((each) => stringify(each, { lineWidth: 0 })).join("---\n");
}

/** A tenth of an hour, which is then closed. */
async function lose(product: Product, hour: Hour): Promise<void> {
  const said = { dc: "west", instance: "lossy", at: new Date() };
  const count = (stage: "produced" | "delivered", events: number) =>
    countersMessage({
      ...said,
      stage,
      about: stage,
      reports: [{ eventType: lossyType, hour: formatHour(hour), events }],
    });
  const marks = [{ eventType: lossyType, watermark: hourEnd(hour) }];
  const events = [
    count("produced", 1_000),
    count("delivered", 900),
    watermarkMessage({ ...said, about: lossyType, marks }),
  ];
  await send(product, "/events", "application/cloudevents-batch+json", JSON.stringify(events));
  const client = new pg.Client({ connectionString: (await readRuntime(product.dataFolder))?.databaseUrl ?? "" });
  await client.connect();
  // As if claimed a day ago: hours that ended before the claim do not page.
  await client.query("UPDATE event_type SET claimed_at = claimed_at - interval '1 day' WHERE owner = 'lossy'");
  await client.end();
  const again = [count("delivered", 901)];
  await send(product, "/events", "application/cloudevents-batch+json", JSON.stringify(again));
}

async function send({ url, token }: Product, path: string, type: string, body: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, "content-type": type };
  const answer = await fetch(`${url}/api/v1${path}`, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(`POST ${path} answered ${answer.status}: ${await answer.text()}`);
}
