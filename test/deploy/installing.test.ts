import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { processTable, root } from "./process-table.ts";
import { helm, renderChart } from "./render-chart.ts";

// What a newcomer types by docs/installing.md exists, and leads from a fresh clone to manifests.
const page = readFileSync(join(root, "docs/installing.md"), "utf8");
const sectionOf = (heading: string) => page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
const blocksOf = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, block = ""]) => block);
/** Without comments, and with continued lines joined. */
const commandsOf = (text: string) =>
  blocksOf(text, "sh")
    .join("\n")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .map((line) => line.replace(/(^|\s)# .*$/, "").trim())
    .filter((line) => line !== "");
const commands = commandsOf(page);
const kubernetes = sectionOf("Kubernetes");

/** Files and folders of the repository, also by a pattern. */
const pathsIn = (text: string) =>
  [...text.matchAll(/(?<![\w/:.-])(?:deploy|scripts|workers|cli|server)\/[\w./@*-]*\w/g)].map(([path]) => path);
/** They are written on the way: by a copy of an example, by Terraform's output, by the reader. */
const written = ["deploy/.env", "deploy/channels.env", "deploy/terraform/google.yaml"];

test("the page has commands for each way of installing", () => {
  for (const heading of ["The image", "Kubernetes", "Google Cloud", "Docker Compose", "systemd"])
    expect(commandsOf(sectionOf(heading)).length, heading).toBeGreaterThan(1);
});

test("each way begins with a clone, or with a section that does", () => {
  expect(commandsOf(sectionOf("The image"))[0]).toMatch(/^git clone /);
  expect(commandsOf(sectionOf("systemd"))[0]).toMatch(/^git clone /);
  for (const heading of ["Kubernetes", "Google Cloud", "Docker Compose"])
    expect(sectionOf(heading), heading).toContain("(#the-image)");
});

test("every file that it names exists, or is written on the way", () => {
  const named = [...new Set(pathsIn(page))].filter((path) => !written.includes(path));
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !path.includes("*") && !existsSync(join(root, path)))).toEqual([]);
  expect(existsSync(join(root, "deploy/terraform/terraform.tfvars.example"))).toBe(true);
});

test("the build arguments are those of the Dockerfile", () => {
  const file = readFileSync(join(root, "deploy/Dockerfile"), "utf8");
  const named = [...page.matchAll(/--build-arg (\w+)=/g)].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(2);
  for (const name of named) expect(file).toMatch(new RegExp(`^ARG ${name}\\b`, "m"));
});

test("npm scripts and Terraform's outputs that it names exist", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };
  for (const [, name = ""] of page.matchAll(/\bnpm run ([\w:-]+)/g)) expect(Object.keys(scripts)).toContain(name);
  const outputs = readFileSync(join(root, "deploy/terraform/outputs.tf"), "utf8");
  const named = [...page.matchAll(/terraform output -raw (\w+)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(2);
  for (const name of named) expect(outputs).toContain(`output "${name}"`);
});

test("the Secrets that it makes have the keys that the chart reads, and no others", () => {
  const secrets = commands.filter((line) => line.includes("create secret generic tidemark"));
  expect(secrets.length).toBe(2);
  const known = Object.values(processTable).flatMap((row) => row.secrets);
  for (const line of secrets) {
    const keys = [...line.matchAll(/--from-literal=(\w+)=/g)].map(([, key = ""]) => key);
    expect(keys).toEqual(["DATABASE_URL", "TIDEMARK_ADMIN_TOKEN", "TIDEMARK_ENCRYPTION_KEY"]);
    expect(keys.filter((key) => !known.includes(key))).toEqual([]);
  }
});

describe.skipIf(!helm)("the plan that its values render", { meta: { needs: "Go and sprig" } }, () => {
  const values = parse(blocksOf(kubernetes, "yaml")[0] ?? "") as Record<string, unknown>;

  test("has every Deployment that a later command addresses, and runs the image that was pushed", () => {
    const { manifests } = renderChart(values);
    const deployments = manifests.filter(({ kind }) => kind === "Deployment");
    const addressed = [...page.matchAll(/deployment\/([\w-]+)/g)].map(([, name]) => name);
    expect(addressed.length).toBeGreaterThan(0);
    for (const name of addressed) expect(deployments.map(({ metadata }) => metadata.name)).toContain(name);
    const [, pushed] = /docker push (\S+)/.exec(kubernetes) ?? [];
    for (const { spec } of deployments) expect(spec.template.spec.containers[0].image).toBe(pushed);
  });

  test("has as many manifests as the page says", () => {
    const { manifests } = renderChart(values);
    const count = (kind: string) => manifests.filter((each) => each.kind === kind).length;
    expect(page).toContain(`${manifests.length} manifests: ${count("Deployment")} Deployments`);
    expect([count("ServiceAccount"), count("PodDisruptionBudget")]).toEqual([count("Deployment"), count("Deployment")]);
  });

  test("asks for no key of the Secret that the page does not make", () => {
    const { manifests } = renderChart(values);
    const asked = manifests
      .flatMap(({ spec }) => spec?.template?.spec?.containers ?? [])
      .flatMap(
        ({ env = [] }: { env?: { valueFrom?: { secretKeyRef?: { key: string; optional?: boolean } } }[] }) => env,
      )
      .flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? [])
      .filter(({ optional }) => !optional)
      .map(({ key }) => key);
    expect(asked.length).toBeGreaterThan(5);
    expect([...new Set(asked)].filter((key) => !kubernetes.includes(`--from-literal=${key}=`))).toEqual([]);
  });
});
