import { z } from "zod";
import { setting } from "./setting-notes.ts";
import { optional, readAs, readPostgresUrl, readReplicaUrl, readSize, seconds } from "./setting-readers.ts";

const keyBytes = 32;
/** 32 random bytes have fewer different ones in less than one of 10^12 keys. */
const leastDifferent = 20;

/** Days by default; null: `never` deleted (or `off`). */
const keptFor = (days: number) =>
  readAs((text) => (/^(never|off)$/i.test(text) ? null : seconds(text))).default(days * 86_400);

/** Where data is stored, and for how long. */
export const storageSettings = {
  DATABASE_URL: setting(optional(readPostgresUrl), {
    description:
      "Your own PostgreSQL, 15 or newer, in which Tidemark stores everything. `sslmode` and `sslrootcert` mean what they mean to PostgreSQL ([TLS](installing.md#tls-to-the-database)). Several hosts, separated by commas, are a primary and its standbys: the one that takes writes is used ([failover](machines.md#failover)).",
    expected:
      "a URL such as postgres://user:password@host:5432/tidemark?sslmode=verify-full or postgres://user:password@host-a,host-b/tidemark",
    unset: "an embedded PostgreSQL, in TIDEMARK_DATA_DIR",
    secret: true,
  }),
  DATABASE_DIRECT_URL: setting(optional(readPostgresUrl), {
    description:
      "The address of PostgreSQL itself, if DATABASE_URL is that of a PgBouncer in transaction mode. Connections that listen, maintenance, migrations and the command line use it ([more than one machine](machines.md#pgbouncer)).",
    expected: "a URL such as postgres://user:password@host:5432/tidemark",
    unset: "everything uses DATABASE_URL",
    secret: true,
  }),
  TIDEMARK_DATABASE_DISTRIBUTED: setting(z.enum(["citus"]).nullable().default(null), {
    description:
      "The PostgreSQL at DATABASE_URL is the coordinator of a Citus cluster: counts, totals and revisions are distributed over its workers by event type when the database is migrated. Experimental, which each start says. [Scaling](scaling.md#several-postgresql-servers-citus) says when that pays and how to set it up.",
    expected: "citus",
    unset: "one PostgreSQL holds everything",
  }),
  DATABASE_REPLICA_URL: setting(optional(readReplicaUrl), {
    description:
      'A standby that answers what is asked of the past: service levels, past days of the matrix, a type\'s history, backtests. Its answers are as old as it is behind, which "as of" says; behind by more than 30 s, or away, the primary answers ([more than one machine](machines.md#reading-from-a-replica)).',
    expected: "a URL of one host such as postgres://user:password@replica:5432/tidemark",
    unset: "the primary answers everything",
    secret: true,
  }),
  TIDEMARK_ENCRYPTION_KEY: setting(optional(readEncryptionKey), {
    description:
      "Encrypts the secrets in the database: those that sign webhooks, the keys of cookies, and the ID tokens of people who are signed in. Keep it apart from the database and its backups; without it these secrets are lost. The web process, the notify workers and the command line use it; give all machines the same. [Operating](operating.md#secrets-at-rest) says how to change it.",
    expected: "32 random bytes in base64 or hex: make them with `openssl rand -base64 32`",
    unset: "these secrets are stored as plain text, which each start and `npx tidemark doctor` say",
    secret: true,
  }),
  TIDEMARK_ENCRYPTION_KEYS_OLD: setting(readAs(readEncryptionKeys).default([]), {
    description:
      "Keys from before, which only decrypt, until `npx tidemark secrets rotate` says that no secret needs them. A key that is to come is announced to all processes here too.",
    expected: "keys such as TIDEMARK_ENCRYPTION_KEY takes, at most 20, separated by commas",
    unset: "none",
    secret: true,
  }),
  TIDEMARK_DATA_DIR: setting(readAs((text) => text).default(".tidemark"), {
    description:
      "The folder for the embedded PostgreSQL and the admin token. Only one Tidemark at a time can use a folder.",
    expected: "a path",
    unset: ".tidemark (`npm run demo`: .tidemark-demo)",
  }),
  TIDEMARK_RETENTION_FACTS: setting(keptFor(400), {
    description:
      "How long reports, markers and watermark steps are kept after their hour. History that was imported later is kept so long from its import ([retention](operating.md#retention)).",
    expected: "a duration such as 400d, or never",
    unset: "400d",
  }),
  TIDEMARK_RETENTION_VERDICTS: setting(keptFor(800), {
    description: "How long verdicts and their revisions are kept after their hour, or from its import.",
    expected: "a duration such as 800d, or never",
    unset: "800d",
  }),
  TIDEMARK_RETENTION_REJECTED: setting(readAs(seconds).default(30 * 86_400), {
    description: "How long rejected messages are kept, so that you can inspect them and submit them again.",
    expected: "a duration such as 30d",
    unset: "30d",
  }),
  TIDEMARK_RETENTION_REJECTED_BYTES: setting(readAs(readSize).default(1024 ** 3), {
    description: "How many bytes of rejected messages are kept: beyond that, the oldest are deleted before their time.",
    expected: "a size such as 1GiB",
    unset: "1GiB",
  }),
  TIDEMARK_RETENTION_ALERTS: setting(readAs(seconds).default(90 * 86_400), {
    description: "How long the delivery log, the alerts' changes of state and resolved incidents are kept.",
    expected: "a duration such as 90d",
    unset: "90d",
  }),
  TIDEMARK_COMPACT_AFTER: setting(readAs(seconds).default(14 * 86_400), {
    description:
      "How long after an hour becomes final its reports are packed into one row for each datacenter. This saves more space the more reporters there are, and loses no data.",
    expected: "a duration such as 14d",
    unset: "14d",
  }),
};

/** 32 random bytes in base64 or hex, or undefined: also for a key that looks typed rather than random. */
function readEncryptionKey(text: string): Uint8Array | undefined {
  const key = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? "hex" : "base64");
  const isWhole = /^([0-9a-f]{64}|[A-Za-z0-9+/_-]{43}=?)$/i.test(text) && key.length === keyBytes;
  const isText = key.every((byte) => byte >= 0x20 && byte < 0x7f);
  return isWhole && !isText && new Set(key).size >= leastDifferent ? new Uint8Array(key) : undefined;
}

/** Several, separated by commas. */
function readEncryptionKeys(text: string): Uint8Array[] | undefined {
  const keys = text.split(",").map((each) => readEncryptionKey(each.trim()));
  return keys.length <= 20 && keys.every((key) => key !== undefined) ? keys : undefined;
}
