import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { buildGoProgram } from "./build-go-program.ts";
import { deployFolder, mayHave } from "./process-table.ts";

interface Block {
  file: string;
  type: string;
  labels: string[];
  attributes: Record<string, string>;
  references: string[];
  blocks: Block[];
}

const folder = join(deployFolder, "terraform");
const hcl = buildGoProgram("hcl");

describe.skipIf(!hcl)("deploy/terraform", { meta: { needs: "go" } }, () => {
  const { status, stdout, stderr } = hcl
    ? spawnSync(hcl, [folder], { encoding: "utf8" })
    : { status: 0, stdout: "[]", stderr: "" };
  const blocks = status === 0 ? (JSON.parse(stdout) as Block[]) : [];
  const ofType = (type: string) => blocks.filter((each) => each.type === type);
  const within = (block: Block): Block[] => [block, ...block.blocks.flatMap(within)];
  const references = [...new Set(blocks.flatMap(within).flatMap((block) => block.references))];
  const variables = ofType("variable").map(({ labels: [name = ""] }) => `var.${name}`);
  const locals = ofType("locals").flatMap(({ attributes }) => Object.keys(attributes).map((name) => `local.${name}`));
  const resources = ofType("resource").map(({ labels }) => labels.join("."));
  const data = ofType("data").map(({ labels }) => ["data", ...labels].join("."));
  const unquote = (text: string | undefined) => text?.replace(/^"|"$/g, "");
  const grants = blocks.filter(({ labels: [kind = ""] }) => kind.endsWith("_iam_member"));

  test("Terraform's own parser reads every file, formatted", () => {
    expect([status, stderr]).toEqual([0, ""]);
    expect(resources.length).toBeGreaterThan(20);
  });

  test("what an expression refers to exists", () => {
    const known = [...variables, ...locals, ...resources, ...data];
    // each.value, and the names of `for` expressions.
    const bound = /^(each\.(key|value)|name|secret|process|account)\b/;
    const missing = references.filter(
      (reference) =>
        !bound.test(reference) &&
        !known.some((name) => reference === name || reference.startsWith(`${name}.`)) &&
        !/^(string|number|bool|set)$/.test(reference),
    );
    expect(missing).toEqual([]);
  });

  test("every variable and local is used, described and typed; those with a shape are checked", () => {
    const used = (name: string) =>
      references.some((reference) => reference === name || reference.startsWith(`${name}.`));
    expect([...variables, ...locals].filter((name) => !used(name))).toEqual([]);
    for (const { labels, attributes, blocks: inner } of ofType("variable")) {
      expect(Object.keys(attributes), labels[0]).toEqual(expect.arrayContaining(["description", "type"]));
      if (attributes.type === "number")
        expect(
          inner.map(({ type }) => type),
          labels[0],
        ).toEqual(["validation"]);
    }
    for (const { labels, attributes } of ofType("output")) expect(attributes, labels[0]).toHaveProperty("description");
  });

  test("providers are pinned, and each resource is of one of them", () => {
    const [terraform] = ofType("terraform");
    const [providers] = terraform?.blocks ?? [];
    expect(terraform?.attributes.required_version).toBe('">= 1.6, < 2.0"');
    for (const value of Object.values(providers?.attributes ?? {})) expect(value).toMatch(/version = "~> \d+\.\d+"/);
    const used = new Set([...resources, ...data.map((name) => name.slice(5))].map((name) => name.split("_")[0] ?? ""));
    expect([...used].sort()).toEqual(Object.keys(providers?.attributes ?? {}).sort());
  });

  test("accounts have the roles that they need, and no others", () => {
    const given = grants.map(({ labels: [, name], attributes }) => [name, unquote(attributes.role)]);
    expect(Object.fromEntries(given)).toEqual({
      agent_publishes_dead_letters: "roles/pubsub.publisher",
      agent_acknowledges: "roles/pubsub.subscriber",
      publishers: "roles/pubsub.publisher",
      workload_identity: "roles/iam.workloadIdentityUser",
      ingest: "roles/pubsub.subscriber",
      collect_reads_metrics: "roles/monitoring.viewer",
      collect_writes_metrics: "roles/monitoring.metricWriter",
    });
    // On a subscription or a topic, not on the project.
    expect(
      grants
        .filter(({ attributes }) => attributes.project)
        .map(({ labels }) => labels[1])
        .sort(),
    ).toEqual(["collect_reads_metrics", "collect_writes_metrics"]);
  });

  test("the database is private, encrypted, backed up and guarded", () => {
    const instance =
      blocks.find(({ labels: [kind] }) => kind === "google_sql_database_instance") ?? expect.unreachable();
    const all = Object.assign({}, ...within(instance).map(({ attributes }) => attributes)) as Record<string, string>;
    expect(all).toMatchObject({
      ipv4_enabled: "false",
      ssl_mode: '"ENCRYPTED_ONLY"',
      point_in_time_recovery_enabled: "true",
      deletion_protection: "var.deletion_protection",
    });
  });

  test("the subscription's retry and dead letters are as docs/operating.md asks", () => {
    const [, , ingest] = blocks.filter(({ file }) => file === "pubsub.tf");
    const all = Object.assign(
      {},
      ...within(ingest ?? expect.unreachable()).map(({ attributes }) => attributes),
    ) as Record<string, string>;
    expect(all).toMatchObject({
      ack_deadline_seconds: "10",
      ttl: '""',
      max_delivery_attempts: "var.max_delivery_attempts",
    });
  });

  test("secrets are settings of a process, and the chart is given settings that exist", () => {
    const { attributes } = blocks.find(({ attributes }) => attributes.secrets) ?? expect.unreachable();
    const secrets = [...(attributes.secrets ?? "").matchAll(/^\s+(\w+)\s+=/gm)].map(([, name = ""]) => name);
    expect(secrets.filter((name) => !mayHave("web", name))).toEqual([]);
    const { attributes: output } =
      ofType("output").find(({ labels }) => labels[0] === "helm_values") ?? expect.unreachable();
    const settings = [...(output.value ?? "").matchAll(/^\s+([A-Z][A-Z_]+)\s+=/gm)].map(([, name = ""]) => name);
    expect(settings).toContain("PUBSUB_SUBSCRIPTION");
    expect(settings.filter((name) => !mayHave("ingest", name) && !mayHave("collect", name))).toEqual([]);
  });

  test("accounts are those of the chart's processes", () => {
    const { processes } = parse(readFileSync(join(deployFolder, "helm/tidemark/values.yaml"), "utf8")) as {
      processes: object;
    };
    const calling = blocks.find(({ attributes }) => attributes.calling)?.attributes.calling ?? "";
    const names = [...calling.matchAll(/"(\w+)"/g)].map(([, name = ""]) => name);
    expect(names).toHaveLength(2);
    expect(names.filter((name) => !(name in processes))).toEqual([]);
  });
});
