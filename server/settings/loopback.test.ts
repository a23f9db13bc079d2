import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { everywhere, publicOnly } from "#domain/egress.ts";
import { egressOf, readConfig } from "#server/config.ts";
import { reachFromElsewhere } from "./loopback.ts";
import { notePlainSecrets } from "./plain-secrets.ts";

const key = Buffer.from(Array.from({ length: 32 }, (_, index) => 200 - index)).toString("base64");

const alone = [
  {},
  { HOST: "::1" },
  { TIDEMARK_PUBLIC_URL: "http://localhost:3000" },
  { TIDEMARK_PUBLIC_URL: "http://[::1]:3000/tidemark" },
];
const reached = [
  { HOST: "0.0.0.0" },
  { TIDEMARK_PUBLIC_URL: "https://tidemark.example.com" },
  { TIDEMARK_PUBLIC_URL: "http://127.0.0.1.example.com" },
  { TIDEMARK_TRUSTED_PROXIES: "127.0.0.1" },
];

test.each(alone)("only this machine reaches %o: notifications go anywhere, and plain secrets are no warning", (env) => {
  const config = readConfig(env);
  expect([reachFromElsewhere(config), notePlainSecrets(config), egressOf(config)]).toEqual([null, null, everywhere]);
});

test.each(reached)("other machines reach %o: only public addresses, and a warning of plain secrets", (env) => {
  const config = readConfig(env);
  expect(reachFromElsewhere(config)).toContain(Object.keys(env)[0]);
  expect(egressOf(config)).toEqual(publicOnly);
  expect(notePlainSecrets(config)).toMatch(/plain text.*Set TIDEMARK_ENCRYPTION_KEY/);
  expect(notePlainSecrets(readConfig({ ...env, TIDEMARK_ENCRYPTION_KEY: key }))).toBeNull();
});

test("a list of one's own is used however Tidemark is reached", () => {
  const config = readConfig({ HOST: "0.0.0.0", TIDEMARK_EGRESS: "private" });
  expect(egressOf(config)).not.toEqual(publicOnly);
});

describe("the environment files for systemd, with a proxy on the same machine", () => {
  const read = (name: string) => {
    const text = readFileSync(join(import.meta.dirname, "../../deploy/systemd/env", `${name}.env`), "utf8");
    return Object.fromEntries([...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, setting, value]) => [setting, value]));
  };
  test.each(["web", "notify", "collect"])("%s sends to public addresses alone", (name) => {
    const { TIDEMARK_ENCRYPTION_KEY: _, ...settings } = { ...read("common"), ...read(name) };
    expect(settings.HOST).toBe("127.0.0.1");
    expect(egressOf(readConfig(settings))).toEqual(publicOnly);
  });
});
