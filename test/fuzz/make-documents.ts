import { stringify } from "yaml";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import type { Chance } from "./chance.ts";
import { hostileValue } from "./hostile-values.ts";
import { datacenters, eventTypes, type Json } from "./make-events.ts";
import type { FuzzRequest } from "./make-requests.ts";

const apiVersion = "tidemark/v1";
const document = (kind: string, name: string, spec: Json) => ({ apiVersion, kind, metadata: { name }, spec });

/**
 * The catalogue in force when a round is compared: mutated documents come and go, these are applied again, each time with other
 * terms.
 */
export function baseCatalogue(chance: Chance, activeFrom: Date, now: Date): string {
  const types = eventTypes.map((name, index) =>
    document("EventType", name, {
      owner: "fuzz",
      tier: chance.is(0.8) ? "high" : "low",
      activeFrom: formatHour(chance.is(0.9) ? activeFrom : addHours(activeFrom, 5)),
      // Retired now and then, and back in the next round.
      ...(chance.is(0.1) ? { activeTo: formatHour(addHours(hourOf(now), -3)) } : {}),
      // One expects all claimed datacenters, and mutated documents add to those.
      ...(index === 0 ? {} : { datacenters: datacenters.slice(0, 1 + ((index + chance.int(2)) % 3)) }),
      ...(name === "Café" ? { maxLost: 0.3, maxDuplicated: 0.3 } : {}),
      ...(chance.is(0.3) ? { impliedZero: false } : {}),
      ...(chance.is(0.3) ? { expectReporters: true } : {}),
      ...(chance.is(0.2) ? { deadline: chance.of(["90m", "3d"]), settle: "5m" } : {}),
    }),
  );
  const sites = datacenters.map((name) =>
    document("Datacenter", name, {
      activeFrom: formatHour(activeFrom),
      ...(name === "ö" && chance.is(0.2) ? { activeTo: formatHour(addHours(hourOf(now), -2)) } : {}),
    }),
  );
  return toYaml([
    document("Tier", "high", { deadline: chance.of(["2h", "2h", "1h"]), objective: 0.99 }),
    document("Tier", "low", { deadline: "72h" }),
    ...sites,
    ...types,
  ]);
}

const documents: Record<string, (chance: Chance, hour: string) => Json> = {
  EventType: (chance, hour) =>
    document("EventType", chance.of([...eventTypes, "Fuzz1", "Fuzz2", "Fuzz3"]), {
      owner: "fuzz",
      tier: chance.of(["high", "low"]),
      ...(chance.is(0.3) ? { deadline: chance.of(["90m", "1s", "3d"]) } : {}),
      ...(chance.is(0.5) ? { datacenters: [chance.of(datacenters)] } : {}),
      ...(chance.is(0.3) ? { activeFrom: hour } : {}),
      ...(chance.is(0.3) ? { settle: "5m", maxLost: 0.01, maxDuplicated: 0 } : {}),
      ...(chance.is(0.3) ? { impliedZero: chance.is(0.5), expectReporters: chance.is(0.5) } : {}),
      ...(chance.is(0.1) ? { activeTo: hour } : {}),
      ...(chance.is(0.2) ? { objectives: { timeliness: 0.9, completeness: 0.99 }, labels: { a: "b" } } : {}),
    }),
  Datacenter: (chance, hour) =>
    document("Datacenter", chance.of([...datacenters, "c"]), {
      displayName: "Somewhere",
      ...(chance.is(0.5) ? { activeFrom: hour } : {}),
    }),
  Tier: (chance) =>
    document("Tier", chance.of(["high", "low", "mid"]), { deadline: chance.of(["2h", "30m", "24h"]), objective: 0.99 }),
  AlertRule: () =>
    document("AlertRule", "fuzz-rule", { metric: "lost", threshold: "1%", severity: "ticket", for: "5m" }),
  Channel: () => document("Channel", "fuzz-hook", { type: "slack", url: { env: "TIDEMARK_SECRET_SLACK_WEBHOOK_URL" } }),
  RoutingTree: () =>
    document("RoutingTree", "default", {
      route: { receiver: "default", groupBy: ["cause"], groupWait: "30s" },
      receivers: [{ name: "default", channels: ["fuzz-hook"] }],
    }),
  Silence: () =>
    document("Silence", "fuzz-silence", {
      matchers: ['eventType="Alpha"'],
      startsAt: "2026-11-10T00:00:00Z",
      endsAt: "2026-11-10T01:00:00Z",
      reason: "fuzz",
    }),
};

/** One request that changes the catalogue, or tries to: documents by the batch, or one spec by its name. */
export function makeCatalogueRequest(chance: Chance, hour: string): FuzzRequest {
  const dryRun = chance.is(0.4) ? "?dryRun=true" : "";
  const made = () => spoiled(chance, documents[chance.of(Object.keys(documents))]?.(chance, hour) as Json);
  if (chance.is(0.4)) {
    const kind = chance.of(["EventType", "Datacenter"]);
    const { metadata, spec } = spoiled(chance, documents[kind]?.(chance, hour) as Json);
    const name = String((metadata as { name?: unknown } | null)?.name ?? "x").toWellFormed();
    const path = `/api/v1/${kind === "EventType" ? "event-types" : "datacenters"}/${encodeURIComponent(name)}${dryRun}`;
    return request("PUT", path, "application/json", JSON.stringify(spec ?? null), 1);
  }
  const all = Array.from({ length: 1 + chance.int(4) }, made);
  if (chance.is(0.3))
    return request("POST", `/api/v1/catalogue${dryRun}`, "application/json", JSON.stringify(all), all.length);
  return request(
    "POST",
    `/api/v1/catalogue${dryRun}`,
    "application/yaml",
    spoiledYaml(chance, toYaml(all)),
    all.length,
  );
}

function spoiled(chance: Chance, value: Json): Json {
  const copy = structuredClone(value);
  if (chance.is(0.35)) return copy;
  for (let times = 1 + chance.int(2); times > 0; times -= 1) {
    const holder = chance.is(0.8) && typeof copy.spec === "object" && copy.spec ? (copy.spec as Json) : copy;
    const key = chance.of([
      ...Object.keys(holder),
      "activeTo",
      "deadline",
      "datacenters",
      "labels",
      "impliedZero",
      "expectReporters",
    ]);
    holder[key] = chance.is(0.15) ? undefined : hostileDocumentValue(chance, key);
  }
  return copy;
}

const durations = ["0s", "-1h", "1e9d", "99999999999d", "1h30m", "1.5h", "1ms", "5", 5, "h", "9007199254740993s"];

function hostileDocumentValue(chance: Chance, key: string): unknown {
  if (/deadline|settle|for/.test(key) && chance.is(0.8)) return chance.of(durations);
  if (/^active/.test(key) && chance.is(0.7))
    return chance.of([
      "2026-11-09T00",
      "2026-11-10T05",
      "9999-12-31T23",
      "2026-11-08T13Z",
      "2030-01-01T00",
      "1970-01-01T00",
    ]);
  if (key === "datacenters" && chance.is(0.6))
    return chance.of([["a"], ["a", "a"], ["nowhere"], [], "a", { a: 1 }, ["a", "b", "ö", "c"], [null]]);
  return hostileValue(chance, key);
}

const yamlTricks = [
  "&a [x]\n---\n*a\n",
  "a: &a [*a]\n",
  "? [complex]\n: key\n",
  "!!js/function 'x'\n",
  "!!binary aGk=\n",
  "a: 1\na: 2\n",
  "\t- x\n",
  "%YAML 1.1\n---\n",
  "--- >\n x\n",
  "<<: {a: 1}\n",
  "a: 0o17\nb: 0x1f\nc: 1_000\nd: .inf\ne: .nan\n",
  `a: &x {}\n${"b: *x\n".repeat(50)}`,
  `${"[".repeat(3_000)}\n`,
  `${"- ".repeat(2_000)}x\n`,
  `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n`,
];

function spoiledYaml(chance: Chance, text: string): string {
  if (!chance.is(0.25)) return text;
  const at = chance.int(text.length + 1);
  return chance.of([
    `${text}---\n${chance.of(yamlTricks)}`,
    `${chance.of(yamlTricks)}${text}`,
    text.slice(0, at),
    `${text.slice(0, at)}\u0000${text.slice(at)}`,
    `${text.slice(0, at)}: ${text.slice(at)}`,
    text.replace("spec:", "spec: &spec"),
    text.replace("spec:", "spec:\n  <<: *nothing"),
    text.replaceAll("  ", "\t"),
    "",
    "---\n",
  ]);
}

function toYaml(all: readonly Json[]): string {
  return all.map((each) => stringify(each, { lineWidth: 0 })).join("---\n");
}

function request(method: "POST" | "PUT", path: string, contentType: string, text: string, inputs: number): FuzzRequest {
  return { method, path, headers: { "content-type": contentType }, body: new Uint8Array(Buffer.from(text)), inputs };
}
