import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { createMetrics } from "#server/http/metrics.ts";
import { deployFolder, metricsIn, promtool, readDashboards, rulesFile } from "#test/prometheus.ts";

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; runbook_url: string };
}

const { groups } = parse(readFileSync(rulesFile, "utf8")) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const dashboards = await readDashboards();

/** A page's heading as a browser finds it by a link. */
const anchorOf = (heading: string) => heading.toLowerCase().replaceAll(" ", "-");

async function families(): Promise<string[]> {
  const nothing = {
    status: null,
    deliveries: [],
    heldRequests: 0,
    auditStream: null,
    notifications: [],
    fleet: null,
    sources: [],
    work: null,
  };
  const { text } = await createMetrics().write(nothing);
  return [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = ""]) => name);
}

test.each(rules)("the rule $alert has a severity, a sentence and a runbook that exists", ({ labels, annotations }) => {
  expect(["page", "ticket"]).toContain(labels.severity);
  expect(annotations.summary.length).toBeGreaterThan(10);
  const prefix = "{{ $externalLabels.tidemark_url }}/docs/runbooks/";
  expect(annotations.runbook_url).toContain(prefix);
  const [page = "", anchor] = annotations.runbook_url.slice(prefix.length).split("#");
  const file = join(deployFolder, "../docs/runbooks", `${page}.md`);
  expect(existsSync(file), file).toBe(true);
  if (anchor === undefined) return;
  const headings = [...readFileSync(file, "utf8").matchAll(/^## (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));
  expect(headings).toContain(anchor);
});

test("every metric of a rule or a dashboard is one of /metrics", async () => {
  const known = await families();
  const queries = [
    ...rules.map(({ expr }) => expr),
    ...dashboards.flatMap(({ panels, variables }) => [
      ...variables,
      ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ]),
  ];
  const named = new Set(queries.flatMap(metricsIn));
  expect([...named].filter((name) => !known.includes(name))).toEqual([]);
  expect(named.size).toBeGreaterThan(20);
});

test("what Tidemark measures of its own work is on a dashboard", async () => {
  const shown = new Set(
    dashboards.flatMap(({ panels }) => panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => metricsIn(expr)))),
  );
  const own = (await families()).filter((name) => /^tidemark_(outbox|judge|turn|lease|duty)_/.test(name));
  expect(own.length).toBe(8);
  expect(own.filter((name) => !shown.has(name))).toEqual([]);
});

test("dashboards have names of their own, and panels with queries", () => {
  expect(new Set(dashboards.map(({ uid }) => uid)).size).toBe(3);
  for (const { title, panels } of dashboards) {
    expect(new Set(panels.map(({ id }) => id)).size, title).toBe(panels.length);
    for (const panel of panels) expect(panel.targets.length, `${title}: ${panel.title}`).toBeGreaterThan(0);
  }
});

describe.skipIf(!promtool)("promtool", { meta: { needs: "promtool" } }, () => {
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(promtool ?? "", args, {
      cwd: join(deployFolder, "prometheus"),
      encoding: "utf8",
    });
    return { status, said: stdout + stderr };
  };

  test("reads every rule", () => {
    const { status, said } = run("check", "rules", "tidemark-rules.yml");
    expect([status, said]).toEqual([0, expect.stringContaining(`SUCCESS: ${rules.length} rules found`)]);
  });

  test("sees them do what their unit tests say, of which each rule has one", () => {
    expect(run("test", "rules", "tidemark-rules.test.yml")).toMatchObject({ status: 0 });
    const tests = readFileSync(join(deployFolder, "prometheus/tidemark-rules.test.yml"), "utf8");
    for (const { alert } of rules) expect(tests).toMatch(new RegExp(`alertname(: |=")${alert}\\b`));
  });
});
