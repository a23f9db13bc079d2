import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { deployFolder, mayHave, processNames, processTable, root, rowOf } from "./process-table.ts";

interface Service {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  env_file?: { path: string; required: boolean }[];
  profiles?: string[];
  build?: { context: string; dockerfile: string };
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  init?: boolean;
  ports?: string[];
  volumes?: string[];
}

const text = readFileSync(join(deployFolder, "compose.yaml"), "utf8");
const { services, volumes } = parse(text, { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const own = Object.entries(services).filter(([, { build }]) => build);
const secretsOnlyIn = (name: string) =>
  own.filter(([, { environment }]) => environment && name in environment).map(([service]) => service);

test("there is a service for each process, and the migrations before them", () => {
  expect(own.map(([name]) => name).sort()).toEqual([...processNames, "migrate"].sort());
  for (const [name, { command, depends_on }] of own) {
    const file = name === "migrate" ? "scripts/migrate.ts" : `workers/${name}/main.ts`;
    expect(command).toEqual([file]);
    expect(existsSync(join(root, file)), file).toBe(true);
    const waitsFor =
      name === "migrate" ? { postgres: "service_healthy" } : { migrate: "service_completed_successfully" };
    const conditions = Object.entries(depends_on ?? {}).map(([other, { condition }]) => [other, condition]);
    expect(Object.fromEntries(conditions), name).toEqual(waitsFor);
  }
});

test("each process has only settings that it reads", () => {
  for (const [name, { environment = {}, env_file }] of own) {
    expect(
      Object.keys(environment).filter((variable) => !mayHave(name, variable)),
      name,
    ).toEqual([]);
    // Only Tidemark's own secrets are passed by name: channels' are in a file of those that send to them.
    expect(env_file !== undefined, `${name} reads deploy/channels.env`).toBe(mayHave(name, "TIDEMARK_SECRET_PAGER"));
  }
  expect(secretsOnlyIn("TIDEMARK_ADMIN_TOKEN")).toEqual(["web"]);
  expect(secretsOnlyIn("TIDEMARK_ENCRYPTION_KEY")).toEqual(["web", "notify"]);
});

test("a setting that one process is given has every process that reads it, as in the Helm chart's table", () => {
  const passed = new Set(own.flatMap(([, { environment = {} }]) => Object.keys(environment)));
  for (const name of processNames) {
    const reads = [processTable.common, rowOf(name)].flatMap(({ settings, secrets }) => [...settings, ...secrets]);
    const given = Object.keys(services[name]?.environment ?? {});
    expect(
      reads.filter((setting) => passed.has(setting) && !given.includes(setting)),
      name,
    ).toEqual([]);
  }
});

test("what a proxy, a provider and a queue need can be set", () => {
  const needed = Object.values(processTable)
    .flatMap(({ settings, secrets }) => [...settings, ...secrets])
    .filter((name) => /^(KAFKA_|TIDEMARK_(OIDC_|TRUSTED_PROXIES|ALLOWED_HOSTS|EGRESS|DASHBOARD))/.test(name));
  const passed = new Set(own.flatMap(([, { environment = {} }]) => Object.keys(environment)));
  expect(needed.length).toBeGreaterThan(20);
  expect(needed.filter((name) => !passed.has(name))).toEqual([]);
});

test("processes are confined: no root file system to write, no capabilities, no new privileges", () => {
  for (const [name, service] of own) {
    expect([service.read_only, service.cap_drop, service.security_opt, service.init], name).toEqual([
      true,
      ["ALL"],
      ["no-new-privileges:true"],
      true,
    ]);
    expect(service.build).toEqual({ context: "..", dockerfile: "deploy/Dockerfile" });
  }
});

test("images are pinned, and every volume and dependency is there", () => {
  for (const [name, { image, depends_on = {}, volumes: mounts = [] }] of Object.entries(services)) {
    expect(image, name).toMatch(/:(?!latest)[\w.-]+(\})?$/);
    for (const other of Object.keys(depends_on)) expect(Object.keys(services)).toContain(other);
    for (const mount of mounts) expect(Object.keys(volumes)).toContain(mount.split(":")[0]);
  }
});

test("no secret has a value in the file, and each that is required is in the example", () => {
  const example = readFileSync(join(deployFolder, "compose.env.example"), "utf8");
  const required = new Set([...text.matchAll(/\$\{(\w+):\?/g)].map(([, name = ""]) => name));
  expect([...required].sort()).toEqual(["POSTGRES_PASSWORD", "TIDEMARK_ADMIN_TOKEN", "TIDEMARK_ENCRYPTION_KEY"]);
  for (const name of required) expect(example).toMatch(new RegExp(`^${name}=$`, "m"));
  for (const [name, { environment = {} }] of Object.entries(services)) {
    for (const [variable, value] of Object.entries(environment))
      if (/PASSWORD|TOKEN|KEY|URL$/.test(variable) && variable !== "TIDEMARK_PUBLIC_URL")
        expect(value, `${name}: ${variable}`).toContain("${");
  }
});

test("the queue's reader runs only with a queue, which for a trial is the emulator", () => {
  const inProfiles = Object.entries(services).filter(([, { profiles }]) => profiles);
  expect(Object.fromEntries(inProfiles.map(([name, { profiles }]) => [name, profiles]))).toEqual({
    ingest: ["queue", "emulator"],
    "pubsub-emulator": ["emulator"],
  });
});

test("only the pages' port is open, and only to this machine unless said otherwise", () => {
  const open = Object.entries(services).flatMap(([name, { ports = [] }]) => ports.map((port) => [name, port]));
  expect(open).toEqual([["web", expect.stringMatching(/^\$\{TIDEMARK_LISTEN:-127\.0\.0\.1:3000\}:3000$/)]]);
});
