import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig, settings } from "#server/config.ts";
import { type ProcessName, processTable } from "#server/settings/process-table.ts";
import { childSpecs, simulatorSpec } from "./child-specs.ts";

const given: Record<string, string> = {
  ...Object.fromEntries(Object.keys(settings.shape).map((name) => [name, `the given ${name}`])),
  TIDEMARK_SECRET_PAGER: "of a channel",
  GOOGLE_APPLICATION_CREDENTIALS: "/key.json",
  https_proxy: "http://proxy.example.com:3128",
  LC_ALL: "C.UTF-8",
  AN_OTHER_PROGRAMS_PASSWORD: "hunter2",
};
const before: NodeJS.ProcessEnv = { ...process.env };

beforeAll(() => void Object.assign(process.env, given));
afterAll(() => {
  for (const name of Object.keys(given)) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});

const shared = {
  root: "/product",
  config: readConfig({
    TIDEMARK_NOTIFY_WORKERS: "2",
    TIDEMARK_HEALTH_PORT: "9000",
    TIDEMARK_CLOCK: "2001-02-01T00:00:00Z 10x",
  }),
  databaseUrl: "postgres://127.0.0.1/tidemark",
  adminToken: "token",
  pubsub: { projectId: "project", emulatorHost: "127.0.0.1:8085", stop: async () => undefined },
  monitoring: {
    emulatorHost: "127.0.0.1:8086",
    demo: { url: "http://127.0.0.1:8087", project: "demo" },
    stop: async () => undefined,
  },
  clockStartedAtMs: 5,
};

/** Without what of this run's own environment every program needs. */
function namesOf(env: NodeJS.ProcessEnv): string[] {
  const isOfTest = (name: string) => name in before && !(name in settings.shape);
  return Object.keys(env).filter((name) => !isOfTest(name) && !["NODE_ENV", "NEXT_TELEMETRY_DISABLED"].includes(name));
}

test("each process gets the settings of its row, and what every program needs", () => {
  for (const { name, env } of childSpecs(shared)) {
    const folder = name.split(" ")[0] as ProcessName;
    const row = processTable[folder];
    const expected = [
      ...[...processTable.common.reads, ...row.reads],
      ...("readsChannelSecrets" in row ? ["TIDEMARK_SECRET_PAGER"] : []),
      ...("callsGoogle" in row ? ["GOOGLE_APPLICATION_CREDENTIALS", "METADATA_SERVER_DETECTION"] : []),
      ...(folder === "web" ? [] : ["TIDEMARK_HEALTH_HOST", "TIDEMARK_HEALTH_PORT"]),
      ...["TIDEMARK_CLOCK_STARTED_AT_MS", "MALLOC_ARENA_MAX", "https_proxy", "LC_ALL"],
    ];
    expect(namesOf(env).sort(), name).toEqual([...new Set(expected)].sort());
  }
});

test("what the supervisor found out goes before what it was given", () => {
  const ingest = childSpecs(shared).find(({ name }) => name === "ingest")?.env;
  expect(ingest).toMatchObject({
    DATABASE_URL: "postgres://127.0.0.1/tidemark",
    PUBSUB_PROJECT_ID: "project",
    PUBSUB_EMULATOR_HOST: "127.0.0.1:8085",
    TIDEMARK_HEALTH_PORT: "9000",
    TIDEMARK_CLOCK_STARTED_AT_MS: "5",
    PATH: process.env.PATH,
  });
});

test("secrets go to those who need them alone", () => {
  const specs = [...childSpecs(shared), simulatorSpec(shared, "http://127.0.0.1:3000")];
  const holders = (variable: string) => specs.filter(({ env }) => variable in env).map(({ name }) => name);
  expect(holders("TIDEMARK_ADMIN_TOKEN")).toEqual(["web"]);
  expect(holders("TIDEMARK_OIDC_CLIENT_SECRET")).toEqual(["web"]);
  expect(holders("TIDEMARK_ENCRYPTION_KEY")).toEqual(["web", "notify 1", "notify 2"]);
  expect(holders("TIDEMARK_ENCRYPTION_KEYS_OLD")).toEqual(["web", "notify 1", "notify 2"]);
  expect(holders("TIDEMARK_AUDIT_WEBHOOK")).toEqual(["notify 1", "notify 2"]);
  expect(holders("TIDEMARK_SECRET_AUDIT_WEBHOOK")).toEqual(["notify 1", "notify 2"]);
  expect(holders("TIDEMARK_SECRET_PAGER")).toEqual(["web", "notify 1", "notify 2", "collect"]);
  expect(holders("KAFKA_SASL_PASSWORD")).toEqual(["ingest", "collect"]);
  expect(holders("GOOGLE_APPLICATION_CREDENTIALS")).toEqual(["ingest", "collect", "simulator"]);
  expect(holders("AN_OTHER_PROGRAMS_PASSWORD")).toEqual([]);
});

test("the simulator gets no setting", () => {
  const { env } = simulatorSpec(shared, "http://127.0.0.1:3000");
  expect(namesOf(env).filter((name) => name in settings.shape)).toEqual([]);
});
