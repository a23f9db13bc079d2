// Writes deploy/helm/tidemark/processes.yaml from server/settings/process-table.ts: npm run docs:configuration
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { notesOf, type SettingName } from "#server/config.ts";
import { type ProcessRow, processTable } from "#server/settings/process-table.ts";

export const chartSettings = join(import.meta.dirname, "../deploy/helm/tidemark/processes.yaml");

const introduction = `# Which settings each process reads, and which of them are secrets. The chart gives a process these and no others.
# \`channelSecrets\`: it also reads the variables TIDEMARK_SECRET_… that channels, hooks and sources name.
# This file is generated from server/settings/process-table.ts (\`npm run docs:configuration\`).
`;

export function renderChartSettings(): string {
  const rows = Object.entries(processTable).map(([process, row]) => [process, rowOfChart(row)]);
  return introduction + stringify(Object.fromEntries(rows));
}

function rowOfChart({ reads, readsChannelSecrets }: ProcessRow) {
  const isSecret = (name: string) => notesOf(name as SettingName).secret === true;
  return {
    settings: reads.filter((name) => !isSecret(name)),
    secrets: reads.filter(isSecret),
    ...(readsChannelSecrets ? { channelSecrets: true } : {}),
  };
}

if (import.meta.main) await writeFile(chartSettings, renderChartSettings());
