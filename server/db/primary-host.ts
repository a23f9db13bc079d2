import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { postgresHosts } from "#domain/postgres-hosts.ts";
import { readDatabaseTls } from "#server/settings/database-tls.ts";

/** `ECONNREFUSED` and others mean that a later attempt may succeed; so does this, of a server that takes no writes. */
const readOnlyState = "25006";
const probeMs = 5_000;
/** For the other hosts once one takes writes: a former primary that came back does too. */
const othersMs = 300;

interface Candidate {
  url: string;
  /** Each promotion begins a new one, with a higher number; eight hexadecimal digits. */
  timeline: string;
}

/** By URL with several hosts: the host that took writes, or the search for it. */
const found = new Map<string, Promise<string>>();

/** The URL of the one host that takes writes. Of several, which a former primary that came back makes, the one that was promoted last. */
export function findPrimary(url: string): Promise<string> {
  const known = found.get(url) ?? search(url);
  found.set(url, known);
  known.catch(() => forgetPrimary(url));
  return known;
}

/** After a failure there: the next connection looks at all hosts again. */
export function forgetPrimary(url: string): void {
  found.delete(url);
}

/** Throws unless the connection's server takes writes. */
export async function requireWritable(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ transaction_read_only: string }>("SHOW transaction_read_only");
  if (rows[0]?.transaction_read_only === "off") return;
  throw readOnly("The server takes no writes: it is a standby.");
}

async function search(url: string): Promise<string> {
  const candidates: Candidate[] = [];
  const failures: unknown[] = [];
  const probes = (postgresHosts(url) ?? []).map(async (host) => {
    await probe(host).then(
      (candidate) => candidates.push(candidate),
      (error: unknown) => {
        failures.push(error);
        throw error;
      },
    );
  });
  await Promise.race([Promise.allSettled(probes), Promise.any(probes).then(() => sleep(othersMs))]).catch(
    () => undefined,
  );
  const [best] = candidates.toSorted((a, b) => (a.timeline < b.timeline ? 1 : -1));
  if (best) return best.url;
  throw failures.find((error) => (error as { code?: string }).code !== readOnlyState) ?? failures[0];
}

async function probe(url: string): Promise<Candidate> {
  const client = new pg.Client({
    ...readDatabaseTls(url),
    connectionTimeoutMillis: probeMs,
    query_timeout: probeMs,
    application_name: "tidemark probe",
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await requireWritable(client);
    const { rows } = await client.query<{ timeline: string }>(
      "SELECT left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) AS timeline",
    );
    return { url, timeline: rows[0]?.timeline ?? "" };
  } finally {
    await client.end().catch(() => undefined);
  }
}

function readOnly(sentence: string): Error {
  return Object.assign(new Error(sentence), { code: readOnlyState });
}
