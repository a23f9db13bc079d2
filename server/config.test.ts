import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { isSecretName } from "#domain/channel.ts";
import { configurationDoc, renderConfigurationDoc } from "../scripts/write-configuration-doc.ts";
import { ConfigError, readConfig } from "./config.ts";

const auditWebhook = (url: string) => ({
  TIDEMARK_AUDIT_WEBHOOK: url,
  TIDEMARK_SECRET_AUDIT_WEBHOOK: `whsec_${Buffer.alloc(32, "key").toString("base64")}`,
});

describe("readConfig", () => {
  test("nothing set is a product that listens on this machine alone and keeps verdicts for 800 days", () => {
    expect(readConfig({})).toMatchObject({
      PORT: 3000,
      HOST: "127.0.0.1",
      DATABASE_URL: null,
      TIDEMARK_DATA_DIR: ".tidemark",
      PUBSUB_PROJECT_ID: null,
      TIDEMARK_DASHBOARD: "private",
      TIDEMARK_CLOCK: null,
      TIDEMARK_RETENTION_FACTS: 400 * 86_400,
      TIDEMARK_RETENTION_VERDICTS: 800 * 86_400,
      TIDEMARK_RETENTION_REJECTED_BYTES: 1024 ** 3,
      TIDEMARK_RETENTION_REJECTED: 30 * 86_400,
    });
  });

  test.each(["never", "off", "Never"])("%s keeps facts and verdicts for ever", (text) => {
    const config = readConfig({ TIDEMARK_RETENTION_FACTS: text, TIDEMARK_RETENTION_VERDICTS: text });
    expect([config.TIDEMARK_RETENTION_FACTS, config.TIDEMARK_RETENTION_VERDICTS]).toEqual([null, null]);
  });

  test("empty or blank counts as unset", () => {
    expect(readConfig({ PORT: "", DATABASE_URL: "  " })).toEqual(readConfig({}));
  });

  test("reads what is set", () => {
    const config = readConfig({
      PORT: "8080",
      TIDEMARK_CLOCK: "2001-02-01T00:00:00Z 720x",
      TIDEMARK_RETENTION_FACTS: "400d",
      TIDEMARK_URL: "https://tidemark.example/",
    });
    expect(config).toMatchObject({
      PORT: 8080,
      TIDEMARK_CLOCK: { startsAt: new Date("2001-02-01T00:00:00Z"), speed: 720 },
      TIDEMARK_RETENTION_FACTS: 400 * 86_400,
      TIDEMARK_URL: "https://tidemark.example",
    });
  });

  test.each([
    [{ PORT: "abc" }, 'PORT is "abc": expected a port number from 1 to 65535.'],
    [{ PORT: "0" }, 'PORT is "0": expected a port number from 1 to 65535.'],
    [{ TIDEMARK_DASHBOARD: "closed" }, 'TIDEMARK_DASHBOARD is "closed": expected open or private.'],
    [
      { TIDEMARK_RETENTION_FACTS: "400" },
      'TIDEMARK_RETENTION_FACTS is "400": expected a duration such as 400d, or never.',
    ],
    [
      { TIDEMARK_CLOCK: "2001-02-30T00:00:00Z 720x" },
      'TIDEMARK_CLOCK is "2001-02-30T00:00:00Z 720x": expected an instant in UTC and a speed, such as 2001-02-01T00:00:00Z 720x.',
    ],
    [
      { PUBSUB_EMULATOR_HOST: "127.0.0.1:8085" },
      "PUBSUB_EMULATOR_HOST is set and PUBSUB_PROJECT_ID is not. Set both (the emulator accepts any project id), or neither.",
    ],
    [
      { TIDEMARK_AUDIT_WEBHOOK: "https://siem.example.com/in" },
      "TIDEMARK_AUDIT_WEBHOOK is set and TIDEMARK_SECRET_AUDIT_WEBHOOK is not. Make one with `echo whsec_$(openssl rand -base64 32)` and give it to the receiver too.",
    ],
    [
      { ...auditWebhook("http://siem.example.com/in"), TIDEMARK_EGRESS: "public,*.example.org" },
      "TIDEMARK_AUDIT_WEBHOOK begins with http://, and others could read the entries on their way. Use https, or list its host by name in TIDEMARK_EGRESS.",
    ],
    [
      auditWebhook("https://user:word@siem.example.com"),
      "TIDEMARK_AUDIT_WEBHOOK is invalid (not shown, it is a secret): expected a URL such as https://siem.example.com/tidemark, without user name, password and fragment.",
    ],
    [
      { TIDEMARK_SECRET_AUDIT_WEBHOOK: "whsec_c2hvcnQ=" },
      "TIDEMARK_SECRET_AUDIT_WEBHOOK is invalid (not shown, it is a secret): expected whsec_ followed by 24 to 64 random bytes in base64; `echo whsec_$(openssl rand -base64 32)` makes one.",
    ],
  ])("refuses %o in a sentence", (env, sentence) => {
    expect(() => readConfig(env)).toThrow(new ConfigError(sentence));
  });

  test.each(["https://siem.example.com/in/", "http://127.0.0.1:8080/in", "http://siem.internal"])(
    "sends the audit log to %s, if TIDEMARK_EGRESS lists siem.internal",
    (url) => {
      expect(readConfig({ ...auditWebhook(url), TIDEMARK_EGRESS: "siem.internal" }).TIDEMARK_AUDIT_WEBHOOK).toBe(url);
    },
  );

  test("no channel can name the audit log's secret", () => {
    expect([isSecretName("TIDEMARK_SECRET_AUDIT_WEBHOOK"), isSecretName("TIDEMARK_SECRET_AUDIT")]).toEqual([
      false,
      true,
    ]);
  });

  test.each([
    ["base64", "3q2+7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs="],
    ["base64 for URLs without padding", "3q2-7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs"],
    ["hex", "deadbeef000102030405060708090a0b0c0d0e0f101112131415161718191a1b"],
  ])("reads an encryption key in %s", (_, text) => {
    const key = readConfig({ TIDEMARK_ENCRYPTION_KEY: text }).TIDEMARK_ENCRYPTION_KEY;
    expect(Buffer.from(key ?? []).toString("hex")).toBe(
      "deadbeef000102030405060708090a0b0c0d0e0f101112131415161718191a1b",
    );
  });

  test.each([
    ["too short", "3q2+7wABAgMEBQYHCAkKCw=="],
    ["a pass phrase", Buffer.from("correct-horse-battery-staple-42!").toString("base64")],
    ["one byte over and over", Buffer.alloc(32, 0xab).toString("base64")],
    ["not base64", "this is not a key at all, but it is long enough"],
    ["33 bytes", Buffer.from(Array.from({ length: 33 }, (_, index) => index + 200)).toString("base64")],
  ])("refuses an encryption key that is %s, and says how to make one", (_, text) => {
    const refused = /TIDEMARK_ENCRYPTION_KEY is invalid \(not shown, it is a secret\): .*openssl rand -base64 32/;
    expect(() => readConfig({ TIDEMARK_ENCRYPTION_KEY: text })).toThrow(refused);
  });

  test("refuses old encryption keys without a current one", () => {
    const old = "3q2+7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs=";
    expect(() => readConfig({ TIDEMARK_ENCRYPTION_KEYS_OLD: old })).toThrow(/Set the current key too/);
    expect(() => readConfig({ TIDEMARK_ENCRYPTION_KEYS_OLD: `${old},short` })).toThrow(/KEYS_OLD is invalid/);
  });

  test("never repeats a secret", () => {
    expect(() => readConfig({ DATABASE_URL: "mysql://root:hunter2@db/x" })).toThrow(
      /^DATABASE_URL is invalid \(not shown/,
    );
    expect(() => readConfig({ DATABASE_URL: "mysql://root:hunter2@db/x" })).not.toThrow(/hunter2/);
  });
});

test("docs/configuration.md says what the schema says", async () => {
  expect(await readFile(configurationDoc, "utf8"), "run: npm run docs:configuration").toBe(renderConfigurationDoc());
});
