import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { buildGoProgram } from "./build-go-program.ts";
import { deployFolder } from "./process-table.ts";

export const chartFolder = join(deployFolder, "helm/tidemark");

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels: Record<string, string>; annotations?: Record<string, string> };
  // biome-ignore lint/suspicious/noExplicitAny: each kind has its own, which validate-manifest checks.
  spec?: any;
}

export interface Rendered {
  manifests: Manifest[];
  notes: string;
}

/** What renders templates as Helm does; null where there is no Go. */
export const helm = buildGoProgram("helm");

/** The chart's manifests for a release `tidemark` in the namespace `prod`. Throws what a template says. */
export function renderChart(values: Record<string, unknown>, release = "tidemark"): Rendered {
  const args = [chartFolder, release, "prod"];
  const { status, stdout, stderr } = spawnSync(helm ?? "", args, { input: JSON.stringify(values), encoding: "utf8" });
  if (status !== 0) throw new Error(stderr.trim());
  const { "NOTES.txt": notes = "", ...files } = JSON.parse(stdout) as Record<string, string>;
  const documents = Object.values(files).flatMap((text) => parseAllDocuments(text, { uniqueKeys: true }));
  for (const { errors } of documents) if (errors[0]) throw errors[0];
  return { notes, manifests: documents.map((each) => each.toJS() as Manifest | null).filter((each) => each !== null) };
}
