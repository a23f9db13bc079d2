import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bareEnvironment, settings } from "#server/config.ts";
import { readRuntime } from "#server/process/runtime-file.ts";
import { processNames, processTable, rowOf } from "#test/deploy/process-table.ts";
import { freePort, type Product, startProduct } from "#test/product/start-product.ts";
import { startTestPostgres, type TestPostgres } from "#test/test-postgres.ts";

// Every setting is set, so that each child is given all that it may have.
const key = (first: number) =>
  Buffer.from(Array.from({ length: 32 }, (_, index) => first + index * 3)).toString("base64");
const nowhere = "127.0.0.1:1";
const channelSecret = "TIDEMARK_SECRET_PAGER";
let postgres: TestPostgres;
let product: Product;
let given: Record<string, string>;

/** No Citus is there, and no certificate. The clock's start is for the children alone. */
const unset: string[] = [
  "TIDEMARK_DATABASE_DISTRIBUTED",
  "TIDEMARK_CLOCK_STARTED_AT_MS",
  "KAFKA_TLS_CA",
  "KAFKA_TLS_CERT",
  "KAFKA_TLS_KEY",
];
/** startProduct sets these. */
const ofProduct = ["TIDEMARK_DATA_DIR", "TIDEMARK_ADMIN_TOKEN", "TIDEMARK_TOKEN"];
/** Of no row: each deployment sets them by itself. */
const ofWorkers = ["TIDEMARK_HEALTH_HOST", "TIDEMARK_HEALTH_PORT"];
const ofAll = ["TIDEMARK_CLOCK_STARTED_AT_MS"];
/** What Google's clients would read of the machine that runs this test. */
const ofThisMachine = Object.keys(process.env).filter((name) => /^(AWS|CLOUDSDK|GCLOUD|GOOGLE|GRPC)_/.test(name));

beforeAll(async () => {
  postgres = await startTestPostgres();
  await postgres.createDatabase("tidemark");
  given = everySetting(`${postgres.url}/tidemark`, await freePort());
  product = await startProduct(given);
});
afterAll(async () => {
  await product?.stop();
  await postgres?.stop();
});

interface Child {
  /** Its folder in workers/. */
  folder: string;
  env: Map<string, string>;
}

async function childrenOf(pid: number): Promise<Child[]> {
  const pids = (await readFile(`/proc/${pid}/task/${pid}/children`, "utf8")).trim().split(" ");
  return Promise.all(
    pids.map(async (child) => {
      const read = async (file: string) => (await readFile(`/proc/${child}/${file}`, "utf8")).split("\0");
      const folder = /workers\/(\w+)\/main/.exec((await read("cmdline")).join(" "))?.[1] ?? "";
      const pairs = (await read("environ")).filter((pair) => pair !== "");
      const env = new Map(pairs.map((pair) => [pair.split("=", 1)[0] as string, pair.slice(pair.indexOf("=") + 1)]));
      return { folder, env };
    }),
  );
}

test("this test sets every setting that it can", () => {
  const set = [...Object.keys(given), ...unset, ...ofProduct];
  expect(Object.keys(settings.shape).filter((name) => !set.includes(name))).toEqual([]);
});

test("each child has the settings of its row in its environment, and nothing else that is not every program's", async () => {
  const children = await childrenOf((await readRuntime(product.dataFolder))?.pid ?? 0);
  expect([...new Set(children.map(({ folder }) => folder))].sort()).toEqual(processNames);
  for (const { folder, env } of children) {
    const rows = [processTable.common, rowOf(folder)];
    const named = rows.flatMap((row) => [...row.settings, ...row.secrets]).filter((name) => !unset.includes(name));
    const secrets = rows.some((row) => row.channelSecrets) ? [channelSecret] : [];
    const own = [...new Set([...named, ...secrets, ...ofAll, ...(folder === "web" ? [] : ofWorkers)])];
    const ofPrograms = [
      ...Object.keys(bareEnvironment()),
      "NODE_ENV",
      "NEXT_TELEMETRY_DISABLED",
      "NODE_CHANNEL_FD",
      "NODE_CHANNEL_SERIALIZATION_MODE",
      "MALLOC_ARENA_MAX",
    ];
    const ofGoogle = ["ingest", "collect"].includes(folder)
      ? [...new Set(["METADATA_SERVER_DETECTION", "GOOGLE_CLOUD_PROJECT", ...ofThisMachine])]
      : [];
    const found = [...env.keys()].filter((name) => own.includes(name) || !ofPrograms.includes(name));
    expect(found.sort(), folder).toEqual([...own, ...ofGoogle].sort());
    expect([...env.values()].includes(product.token), `${folder} has the admin token`).toBe(folder === "web");
    for (const name of named.filter((each) => each in given && each !== "TIDEMARK_LOG_FORMAT")) {
      expect(env.get(name), `${folder}: ${name}`).toBe(given[name]);
    }
  }
});

test("the web process knows the admin token", async () => {
  expect(await product.get("/status")).toMatchObject({ now: expect.any(String) });
});

function everySetting(databaseUrl: string, port: number): Record<string, string> {
  return {
    PORT: String(port),
    HOST: "127.0.0.1",
    TIDEMARK_PUBLIC_URL: `http://127.0.0.1:${port}`,
    TIDEMARK_ALLOWED_HOSTS: "localhost",
    TIDEMARK_TRUSTED_PROXIES: "127.0.0.1",
    TIDEMARK_DASHBOARD: "private",
    TIDEMARK_DRAIN: "1s",
    TIDEMARK_EGRESS: "public,private",
    TIDEMARK_RATE_LIMIT: "10000",
    TIDEMARK_METRICS_EVENT_TYPES: "10",
    TIDEMARK_EXCUSES_NEED_APPROVAL: "yes",
    TIDEMARK_URL: `http://127.0.0.1:${port}`,
    TIDEMARK_CHROMIUM: "/usr/bin/chromium",
    TIDEMARK_OIDC_ISSUER: `http://${nowhere}`,
    TIDEMARK_OIDC_CLIENT_ID: "tidemark",
    TIDEMARK_OIDC_CLIENT_SECRET: "of-the-client",
    TIDEMARK_OIDC_NAME: "Provider",
    TIDEMARK_OIDC_SCOPES: "openid",
    TIDEMARK_OIDC_GROUPS_CLAIM: "groups",
    TIDEMARK_OIDC_ROLES: "viewer=*",
    TIDEMARK_OIDC_TEAMS: "ads=grp-ads",
    DATABASE_URL: databaseUrl,
    DATABASE_DIRECT_URL: databaseUrl,
    DATABASE_REPLICA_URL: databaseUrl,
    TIDEMARK_ENCRYPTION_KEY: key(1),
    TIDEMARK_ENCRYPTION_KEYS_OLD: key(2),
    TIDEMARK_RETENTION_FACTS: "401d",
    TIDEMARK_RETENTION_VERDICTS: "801d",
    TIDEMARK_RETENTION_REJECTED: "31d",
    TIDEMARK_RETENTION_REJECTED_BYTES: "2GiB",
    TIDEMARK_RETENTION_ALERTS: "91d",
    TIDEMARK_COMPACT_AFTER: "15d",
    PUBSUB_PROJECT_ID: "project",
    PUBSUB_TOPIC: "events",
    PUBSUB_SUBSCRIPTION: "ingest",
    PUBSUB_EMULATOR_HOST: nowhere,
    MONITORING_EMULATOR_HOST: nowhere,
    TIDEMARK_MONITORING_EXPORT_PROJECT: "project",
    TIDEMARK_MONITORING_EXPORT_EVENT_TYPES: "10",
    TIDEMARK_MONITORING_EXPORT_NAMESPACE: "test",
    TIDEMARK_OLDEST_HOUR: "401d",
    TIDEMARK_NEW_NAMES_PER_HOUR: "types=10",
    TIDEMARK_HTTP_INGEST_BYTES: "64MiB",
    TIDEMARK_INGEST_WORKERS: "1",
    TIDEMARK_EVALUATE_WORKERS: "1",
    TIDEMARK_NOTIFY_WORKERS: "2",
    TIDEMARK_HEALTH_PORT: "0",
    TIDEMARK_HEALTH_HOST: "127.0.0.1",
    TIDEMARK_WATCHDOG_URL: `http://${nowhere}/watchdog`,
    TIDEMARK_AUDIT_WEBHOOK: `http://${nowhere}/audit`,
    TIDEMARK_SECRET_AUDIT_WEBHOOK: `whsec_${key(3)}`,
    KAFKA_BROKERS: nowhere,
    KAFKA_INGEST: "yes",
    KAFKA_TLS: "no",
    KAFKA_TOPIC: "events",
    KAFKA_GROUP: "ingest",
    KAFKA_SASL_MECHANISM: "SCRAM-SHA-256",
    KAFKA_SASL_USERNAME: "tidemark",
    KAFKA_SASL_PASSWORD: "of-kafka",
    TIDEMARK_CLOCK: "2026-01-01T00:00:00Z 1x",
    TIDEMARK_LOG_LEVEL: "info",
    TIDEMARK_LOG_FORMAT: "json",
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://${nowhere}`,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `http://${nowhere}/v1/traces`,
    OTEL_EXPORTER_OTLP_HEADERS: "api-key=secret",
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    OTEL_SERVICE_NAME: "tidemark",
    OTEL_RESOURCE_ATTRIBUTES: "a=b",
    OTEL_TRACES_SAMPLER: "always_off",
    OTEL_TRACES_SAMPLER_ARG: "0.5",
    OTEL_SDK_DISABLED: "true",
    OPENLINEAGE_URL: `http://${nowhere}`,
    OPENLINEAGE_ENDPOINT: "api/v1/lineage",
    OPENLINEAGE_API_KEY: "of-lineage",
    OPENLINEAGE_NAMESPACE: "test",
    [channelSecret]: "of-the-pager",
    GOOGLE_CLOUD_PROJECT: "project",
    PASSWORD_OF_ANOTHER_PROGRAM: "hunter2",
  };
}
