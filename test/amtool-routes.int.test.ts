import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatMatcher, type Labels, parseRoutingTree, routesFor } from "#domain/routing.ts";
import { findProgram } from "./find-program.ts";
import { freePort } from "./product/start-product.ts";
import { until } from "./until.ts";

// The same trees and the same labels, asked of Alertmanager and its own tool: where we differ from them, ours is wrong.

const howToGetIt = "apt-get install prometheus-alertmanager (npm test fetches it on Debian).";
const amtool = findProgram("amtool", howToGetIt);
const program = findProgram("prometheus-alertmanager", howToGetIt);
const trees = 20;
const labelSetsOfTree = 50;

interface Route {
  receiver?: string;
  groupBy?: readonly string[];
  groupWait?: string;
  groupInterval?: string;
  repeatInterval?: string;
  matchers?: string[];
  continue?: boolean;
  routes?: Route[];
}

const names = ["severity", "cause", "eventType", "datacenter", "tier", "owner_1"];
const values = [
  "page",
  "ticket",
  "ams",
  "lon",
  "End Song",
  'a "quoted" one',
  "back\\slash",
  "two\nlines",
  "a,b",
  "{x}",
  "",
  "sjc-2",
  "π",
];
const expressions = [
  ...[
    "page|ticket",
    "ams|lon|",
    "(?i)AMS",
    ".*",
    ".+",
    "",
    "[a-z]+",
    "sjc-\\d",
    "End.*",
    "a.b",
    "(?s)two.*",
    "two.*",
    "\\{x\\}",
  ],
  ...[
    "^page$",
    "(lon|am)s?",
    "[^a]*",
    "\\pL+",
    "a[,]b",
    "x{0}",
    "[[:alpha:]]+",
    "\\Qa,b\\E",
    '.*"quoted".*',
    "[\\x61-\\x70]+",
  ],
];
const receivers = ["r0", "r1", "r2", "r3", "r4"];

/** As people write them: with and without quotes and spaces, alone and several in one text. */
const matcher = fc
  .tuple(
    fc.constantFrom(...names),
    fc.oneof(
      fc.tuple(fc.constantFrom("=", "!=") as fc.Arbitrary<"=" | "!=">, fc.constantFrom(...values)),
      fc.tuple(fc.constantFrom("=~", "!~") as fc.Arbitrary<"=~" | "!~">, fc.constantFrom(...expressions)),
    ),
    fc.constantFrom("exact", "spaced", "bare"),
  )
  .map(([name, [op, value], style]) => {
    const exact = formatMatcher({ name, op, value });
    if (style === "spaced") return ` ${name} ${op}  ${exact.slice(name.length + op.length)} `;
    // Without quotes a value may hold neither quotes, nor commas, nor what is cut off at its ends.
    return style === "bare" && /^[\w.|\-+*?()^$]*$/.test(value) ? `${name}${op}${value}` : exact;
  });
const matchers = fc.oneof(
  fc.array(matcher, { maxLength: 2 }),
  fc.array(matcher, { minLength: 2, maxLength: 2 }).map((two) => [two.join(",")]),
  fc.array(matcher, { minLength: 2, maxLength: 2 }).map((two) => [`{${two.join(",")}}`]),
);
const timings = {
  groupBy: fc.constantFrom(["cause"], ["..."], [], ["datacenter", "tier"]),
  groupWait: fc.constantFrom("0s", "10s"),
  groupInterval: fc.constantFrom("1m", "5m"),
  repeatInterval: fc.constantFrom("1h", "2d"),
};

const route = fc.letrec<{ route: Route }>((tie) => ({
  route: fc.record(
    {
      ...timings,
      receiver: fc.constantFrom(...receivers),
      matchers,
      continue: fc.boolean(),
      routes: fc.array(tie("route"), { maxLength: 3, depthIdentifier: "routes" }),
    },
    { requiredKeys: ["matchers"] },
  ),
})).route;
const root = fc.record(
  { ...timings, receiver: fc.constantFrom(...receivers), routes: fc.array(route, { minLength: 3, maxLength: 6 }) },
  { requiredKeys: ["receiver", "routes"] },
);
const labelSets = fc.array(
  fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...values), { minKeys: 1, maxKeys: names.length }),
  { minLength: labelSetsOfTree, maxLength: labelSetsOfTree },
);

/** JSON is YAML, and names are all that differs. */
function toAlertmanager(tree: Route): string {
  const translate = ({ routes, ...rest }: Route): object => ({
    ...Object.fromEntries(
      Object.entries(rest).map(([key, value]) => [
        key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        value,
      ]),
    ),
    ...(routes ? { routes: routes.map(translate) } : {}),
  });
  return JSON.stringify({ route: translate(tree), receivers: receivers.map((name) => ({ name })) });
}

let folder: string;
let config: string;
let alertmanager: ChildProcess;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tidemark-routes-"));
  config = join(folder, "alertmanager.yml");
  if (!program) return;
  await writeFile(config, toAlertmanager({ receiver: "r0" }));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const args = [`--config.file=${config}`, `--storage.path=${folder}`, "--cluster.listen-address="];
  alertmanager = spawn(program, [...args, `--web.listen-address=127.0.0.1:${port}`], { stdio: "ignore" });
  await until("Alertmanager answers", async () => (await fetch(`${url}/-/ready`)).ok);
});
afterAll(async () => {
  if (alertmanager?.kill()) await once(alertmanager, "exit");
  await rm(folder, { recursive: true });
});

/** Who a running Alertmanager would notify of alerts with these labels, comma-separated: one request for all of a tree's label sets. */
async function askAlertmanager(tree: Route, sets: readonly Labels[]): Promise<string[]> {
  await writeFile(config, toAlertmanager(tree));
  await post("/-/reload", "");
  const endsAt = new Date(Date.now() + 3_600_000).toISOString();
  // It keeps no empty label, and takes no alert without any: those few are asked of its tool.
  const told = sets.map(withoutEmpty).filter((labels) => Object.keys(labels).length > 0);
  await post("/api/v2/alerts", JSON.stringify(told.map((labels) => ({ labels, endsAt }))));
  const answer = await fetch(`${url}/api/v2/alerts`);
  const alerts = (await answer.json()) as { labels: Labels; receivers: { name: string }[] }[];
  const routed = new Map(alerts.map(({ labels, receivers }) => [keyOf(labels), receivers.map(({ name }) => name)]));
  return Promise.all(
    sets.map(async (labels) => routed.get(keyOf(withoutEmpty(labels)))?.join(",") ?? (await askAmtool(tree, labels))),
  );
}

function withoutEmpty(labels: Labels): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""));
}

function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function post(path: string, body: string): Promise<void> {
  const answer = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  if (!answer.ok) throw new Error(`Alertmanager answers ${path} with ${answer.status}: ${await answer.text()}`);
}

async function askAmtool(tree: Route, labels: Labels): Promise<string> {
  const given = Object.entries(labels).map(([name, value]) => formatMatcher({ name, op: "=", value }));
  const file = join(folder, `${randomUUID()}.yml`);
  await writeFile(file, toAlertmanager(tree));
  try {
    const args = ["config", "routes", "test", `--config.file=${file}`, "--", ...given];
    return (await promisify(execFile)(amtool ?? "", args)).stdout.trimEnd();
  } catch (error) {
    throw new Error(`amtool refuses ${toAlertmanager(tree)}`, { cause: error });
  }
}

function askOurs(tree: Route, labels: Labels): string {
  const parsed = parseRoutingTree({ route: tree, receivers: receivers.map((name) => ({ name })) });
  if (!parsed.ok) throw new Error(`We refuse ${JSON.stringify(tree)}: ${JSON.stringify(parsed.faults)}`);
  return routesFor(parsed.spec, labels)
    .map(({ receiver }) => receiver)
    .join(",");
}

describe.skipIf(!(amtool && program))("routes", { meta: { needs: "prometheus-alertmanager and its amtool" } }, () => {
  test("of 1,000 generated label sets are Alertmanager's", { timeout: 240_000 }, async () => {
    const seen = { asked: 0, below: 0, several: 0 };
    await fc.assert(
      fc.asyncProperty(root, labelSets, async (tree, sets) => {
        const theirs = await askAlertmanager(tree, sets);
        for (const [index, labels] of sets.entries()) {
          const ours = askOurs(tree, labels);
          expect([labels, ours]).toEqual([labels, theirs[index]]);
          seen.asked += 1;
          if (ours !== tree.receiver) seen.below += 1;
          if (ours.includes(",")) seen.several += 1;
        }
        // Its tool says the same as it does itself.
        expect(await askAmtool(tree, sets[0] ?? {})).toBe(theirs[0]);
      }),
      { numRuns: trees, endOnFailure: true },
    );
    // Trees that nothing gets into would agree about nothing.
    expect(seen.asked).toBe(trees * labelSetsOfTree);
    expect(seen.below).toBeGreaterThan(seen.asked / 4);
    expect(seen.several).toBeGreaterThan(seen.asked / 20);
  });

  test("a tree that Alertmanager refuses, we refuse", async () => {
    const bad: Route[] = [
      { receiver: "nobody" },
      { receiver: "r0", groupInterval: "0s" },
      { receiver: "r0", groupBy: ["...", "cause"] },
      { receiver: "r0", groupBy: ["cause", "cause"] },
      { receiver: "r0", matchers: ['severity="page"'] },
      { receiver: "r0", continue: true },
      { receiver: "r0", routes: [{ matchers: ['severity=~"(?=x)"'] }] },
      { receiver: "r0", routes: [{ matchers: ['severity="a"b"'] }] },
      { receiver: "r0", routes: [{ matchers: ["severity"] }] },
    ];
    for (const tree of bad) {
      await expect(askAmtool(tree, { severity: "page" }), JSON.stringify(tree)).rejects.toThrow("amtool refuses");
      expect(() => askOurs(tree, { severity: "page" }), JSON.stringify(tree)).toThrow("We refuse");
    }
  });
});
