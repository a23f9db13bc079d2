import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig } from "#server/config.ts";
import { childSpecs, simulatorSpec } from "./child-specs.ts";

const key = "3q2+7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs=";

const audit = {
  TIDEMARK_AUDIT_WEBHOOK: "https://siem.example.com/tidemark",
  TIDEMARK_SECRET_AUDIT_WEBHOOK: `whsec_${key}`,
};

beforeEach(() => {
  Object.assign(process.env, audit);
  process.env.TIDEMARK_ENCRYPTION_KEY = key;
  process.env.TIDEMARK_ENCRYPTION_KEYS_OLD = key;
});
afterEach(() => {
  for (const name of Object.keys(audit)) delete process.env[name];
  delete process.env.TIDEMARK_ENCRYPTION_KEY;
  delete process.env.TIDEMARK_ENCRYPTION_KEYS_OLD;
});

test("only the web process and the notify workers are given the encryption keys, and only the latter the audit log's webhook", () => {
  const shared = {
    root: "/product",
    config: readConfig({ TIDEMARK_ENCRYPTION_KEY: key, TIDEMARK_NOTIFY_WORKERS: "2" }),
    dataFolder: "/data",
    databaseUrl: "postgres://127.0.0.1/tidemark",
    adminToken: "token",
    pubsub: { projectId: "project", emulatorHost: null, stop: async () => undefined },
    monitoring: {
      emulatorHost: "127.0.0.1:8086",
      demo: { url: "http://127.0.0.1:8087", project: "demo" },
      stop: async () => undefined,
    },
    clockStartedAtMs: 0,
  };
  const specs = [...childSpecs(shared), simulatorSpec(shared, "http://127.0.0.1:3000")];
  const holders = specs.filter(({ env }) => env.TIDEMARK_ENCRYPTION_KEY ?? env.TIDEMARK_ENCRYPTION_KEYS_OLD);
  expect(specs.length).toBeGreaterThan(holders.length);
  expect(holders.map(({ name }) => name)).toEqual(["web", "notify 1", "notify 2"]);
  const senders = specs.filter(({ env }) => env.TIDEMARK_AUDIT_WEBHOOK ?? env.TIDEMARK_SECRET_AUDIT_WEBHOOK);
  expect(senders.map(({ name }) => name)).toEqual(["notify 1", "notify 2"]);
});
