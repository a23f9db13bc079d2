import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type SettingName, settings } from "#server/config.ts";

export const root = join(import.meta.dirname, "../..");
export const deployFolder = join(root, "deploy");

interface ProcessRow {
  settings: string[];
  secrets: string[];
  channelSecrets?: boolean;
}

/** deploy/helm/tidemark/processes.yaml. */
export const processTable = parse(readFileSync(join(deployFolder, "helm/tidemark/processes.yaml"), "utf8")) as Record<
  string,
  ProcessRow
> & { common: ProcessRow };

export const settingNames = Object.keys(settings.shape) as SettingName[];

/** The folders of workers/ that are processes of a running Tidemark; the supervisor starts them all on one machine. */
export const processNames = readdirSync(join(root, "workers"))
  .filter((name) => name !== "supervisor" && existsSync(join(root, "workers", name, "main.ts")))
  .sort();

/** What a deployment sets for the machine rather than for Tidemark's figures: probes, and the libraries' own variables. */
const ofEvery = [
  "HOST",
  "TIDEMARK_HEALTH_HOST",
  "TIDEMARK_HEALTH_PORT",
  "NODE_ENV",
  "NEXT_TELEMETRY_DISABLED",
  "GOOGLE_APPLICATION_CREDENTIALS",
];

/** Whether a deployment may give the variable to the process; `migrate` needs what is common alone. */
export function mayHave(process: string, variable: string): boolean {
  const rows = [processTable.common, ...(process === "migrate" ? [] : [rowOf(process)])];
  const isChannelSecret = variable.startsWith("TIDEMARK_SECRET_") && !(settingNames as string[]).includes(variable);
  if (isChannelSecret) return rows.some(({ channelSecrets }) => channelSecrets);
  return (
    ofEvery.includes(variable) || rows.some(({ settings, secrets }) => [...settings, ...secrets].includes(variable))
  );
}

export function rowOf(process: string): ProcessRow {
  const row = processTable[process];
  if (!row) throw new Error(`${process} is not in processes.yaml.`);
  return row;
}
