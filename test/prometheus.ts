import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "#test/find-program.ts";
import { until } from "#test/until.ts";

export const deployFolder = join(import.meta.dirname, "../deploy");
export const rulesFile = join(deployFolder, "prometheus/tidemark-rules.yml");
const hint = "install Debian's prometheus (npm test fetches it on Debian).";
export const prometheus = findProgram("prometheus", hint);
export const promtool = findProgram("promtool", hint);

export interface TestPrometheus {
  /** GET below /api/v1; its `data`. Rejects with what Prometheus says of an error. */
  get<T>(path: string, query?: Record<string, string>): Promise<T>;
  stop(): Promise<void>;
}

/** Debian's Prometheus as deploy/prometheus/prometheus.yml sets it up: only address, scheme, token and intervals are replaced. */
export async function startPrometheus(port: number, tidemark: { url: string; token: string }): Promise<TestPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-prometheus-"));
  await writeFile(join(folder, "tidemark-token"), tidemark.token);
  const replace = (text: string, [from, to]: [string, string]) => {
    if (!text.includes(from)) throw new Error(`deploy/prometheus/prometheus.yml has no "${from}".`);
    return text.replace(from, to);
  };
  const shipped = await readFile(join(deployFolder, "prometheus/prometheus.yml"), "utf8");
  const changes: [string, string][] = [
    ["scrape_interval: 30s", "scrape_interval: 1s"],
    ["evaluation_interval: 30s", "evaluation_interval: 1s"],
    ["- tidemark-rules.yml", `- ${rulesFile}`],
    ["scheme: https", "scheme: http"],
    ["targets: [tidemark.example.com]", `targets: ["${new URL(tidemark.url).host}"]`],
  ];
  await writeFile(join(folder, "prometheus.yml"), changes.reduce(replace, shipped));
  const args = [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`];
  const child = spawn(prometheus ?? "", [...args, `--web.listen-address=127.0.0.1:${port}`], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-10_000);
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const url = `http://127.0.0.1:${port}`;
  await until("Prometheus answers", async () => {
    if (child.exitCode !== null) throw new Error(said);
    return (await fetch(`${url}/-/ready`).catch(() => null))?.ok ?? false;
  });
  return {
    async get(path, query = {}) {
      const answer = await fetch(`${url}/api/v1${path}?${new URLSearchParams(query)}`);
      const body = (await answer.json()) as { status: string; data: never; error?: string };
      if (body.status !== "success") throw new Error(`${JSON.stringify(query)}: ${body.error}`);
      return body.data;
    },
    async stop() {
      process.off("exit", kill);
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

export interface Dashboard {
  file: string;
  uid: string;
  title: string;
  panels: { id: number; title: string; targets: { expr: string }[] }[];
  variables: string[];
}

export async function readDashboards(): Promise<Dashboard[]> {
  const files = ["tidemark-board.json", "tidemark-datacenter.json", "tidemark-itself.json"];
  return Promise.all(
    files.map(async (file) => {
      const { uid, title, panels, templating } = JSON.parse(
        await readFile(join(deployFolder, "grafana", file), "utf8"),
      );
      const variables = templating.list.flatMap(({ definition }: { definition?: string }) => definition ?? []);
      return { file, uid, title, panels, variables };
    }),
  );
}

/** A query as Grafana sends it, with every value of every variable. */
export function withVariables(expr: string): string {
  return expr.replaceAll("$__rate_interval", "2m").replaceAll(/\$[a-z_]+/g, ".*");
}

/** The families of metrics that a query names. */
export function metricsIn(expr: string): string[] {
  const names = expr.match(/\b(tidemark|process|nodejs)_\w+/g) ?? [];
  return names.map((name) => name.replace(/_(bucket|count|sum)$/, ""));
}
