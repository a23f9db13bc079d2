// Writes docs/configuration.md from the schema that validates the settings: npm run docs:configuration
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { notesOf, type SettingName, settings } from "#server/config.ts";

export const configurationDoc = join(import.meta.dirname, "../docs/configuration.md");

const introduction = `# Settings

Tidemark reads its settings from environment variables and checks them when it starts. An invalid setting stops the start with a
message that names it. An empty variable counts as unset. Durations are written \`90s\`, \`60m\`, \`2h\` or \`3d\`. All settings are optional.

A misspelt one stops the start too: every variable that begins with \`TIDEMARK_\` must be a setting, or a secret that a channel names (\`TIDEMARK_SECRET_…\`), and one that
begins with \`PUBSUB_\`, \`KAFKA_\`, \`MONITORING_\` or \`OPENLINEAGE_\` must not nearly be one. What Kubernetes injects for services whose names begin with \`tidemark\` (\`TIDEMARK_WEB_PORT=tcp://…\`) is
recognised and ignored; \`enableServiceLinks: false\` in the pod keeps it out. On the command line only \`npx tidemark doctor\` checks this.

This page is generated from the schema in \`server/config.ts\` (\`npm run docs:configuration\`).
`;

export function renderConfigurationDoc(): string {
  const names = (Object.keys(settings.shape) as SettingName[]).filter((name) => !notesOf(name).internal);
  return [introduction, ...names.map(renderSetting)].join("\n");
}

function renderSetting(name: SettingName): string {
  const { description, expected, unset, secret } = notesOf(name);
  return `## ${name}

${description}

- Value: ${expected}
- Default: ${unset}
${secret ? "- Secret: it is never logged\n" : ""}`;
}

if (import.meta.main) await writeFile(configurationDoc, renderConfigurationDoc());
