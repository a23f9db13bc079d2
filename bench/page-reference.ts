import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "#test/find-program.ts";
import { freePort } from "#test/product/start-product.ts";
import { until } from "#test/until.ts";
import type { PagedType } from "./page-catalogue.ts";
import { startExporter } from "./page-exporter.ts";

export interface Reference {
  close(type: PagedType): void;
  recover(type: PagedType): void;
  stop(): Promise<void>;
}

const howToGetIt = "apt-get install prometheus prometheus-alertmanager; without both there is no reference.";

/**
 * Debian's Prometheus and Alertmanager, with the fastest common settings: 1 s scrape, 1 s evaluation, no waits. null: not on this machine.
 */
export async function startReference(paged: readonly PagedType[], webhookUrl: string): Promise<Reference | null> {
  const prometheus = findProgram("prometheus", howToGetIt);
  const alertmanager = findProgram("prometheus-alertmanager", howToGetIt);
  if (!prometheus || !alertmanager) return null;
  const folder = await mkdtemp(join(tmpdir(), "tidemark-bench-reference-"));
  const exporter = await startExporter(paged);
  const [watchPort, notifyPort] = [await freePort(), await freePort()];
  await Promise.all(["prometheus", "alertmanager"].map((name) => mkdir(join(folder, name))));
  await writeFile(join(folder, "prometheus.yml"), prometheusYaml(exporter.target, notifyPort));
  await writeFile(join(folder, "rules.yml"), rulesYaml);
  await writeFile(join(folder, "alertmanager.yml"), alertmanagerYaml(webhookUrl));
  const processes = [
    spawn(
      alertmanager,
      [
        `--config.file=${folder}/alertmanager.yml`,
        `--storage.path=${folder}/alertmanager`,
        `--web.listen-address=127.0.0.1:${notifyPort}`,
        "--cluster.listen-address=",
      ],
      { stdio: "ignore" },
    ),
    spawn(
      prometheus,
      [
        `--config.file=${folder}/prometheus.yml`,
        `--storage.tsdb.path=${folder}/prometheus`,
        `--web.listen-address=127.0.0.1:${watchPort}`,
      ],
      { stdio: "ignore" },
    ),
  ];
  const kill = () => processes.forEach((child) => void child.kill("SIGKILL"));
  process.once("exit", kill);
  const stop = async () => {
    await Promise.all(processes.map(end));
    process.off("exit", kill);
    await exporter.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const seen = `http://127.0.0.1:${watchPort}/api/v1/query?query=count(bench_hour_closed)`;
  try {
    await until("Alertmanager answers", async () => (await fetch(`http://127.0.0.1:${notifyPort}/-/ready`)).ok, 30);
    const count = `"${paged.length}"`;
    await until("Prometheus sees every type", async () => (await (await fetch(seen)).text()).includes(count), 30);
  } catch (error) {
    await stop();
    throw error;
  }
  return { close: exporter.close, recover: exporter.recover, stop };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await exited;
}

const prometheusYaml = (target: string, alertmanagerPort: number) => `
global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
rule_files: [rules.yml]
alerting: {alertmanagers: [{static_configs: [{targets: ["127.0.0.1:${alertmanagerPort}"]}]}]}
scrape_configs: [{job_name: bench, static_configs: [{targets: ["${target}"]}]}]
`;

const rulesYaml = `
groups:
  - name: bench
    rules:
      - alert: bench-lost
        expr: (bench_hour_produced - bench_hour_delivered) / bench_hour_produced > 0.01 and bench_hour_closed == 1
        labels: {severity: page}
`;

const alertmanagerYaml = (webhookUrl: string) => `
route: {receiver: bench, group_by: [eventType], group_wait: 0s, group_interval: 1s, repeat_interval: 4h}
receivers: [{name: bench, webhook_configs: [{url: "${webhookUrl}", send_resolved: false}]}]
`;
