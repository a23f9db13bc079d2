import { relative } from "node:path";
import { type Config, takesFromKafka } from "#server/config.ts";
import type { Monitoring } from "./find-monitoring.ts";
import type { Pubsub } from "./find-pubsub.ts";

export interface SummaryInput {
  config: Config;
  url: string;
  dataFolder: string;
  adminTokenFile: string | null;
  /** Signs in the first administrator, once; null: there is one. */
  ownerLink: string | null;
  pubsub: Pubsub;
  monitoring: Monitoring;
  demo: boolean;
}

/** What a first-time user needs to know, once it answers. */
export function summarise({
  config,
  url,
  dataFolder,
  adminTokenFile,
  ownerLink,
  pubsub,
  monitoring,
  demo,
}: SummaryInput): string {
  const folder = shorten(dataFolder);
  const lines: [string, string][] = [
    ["Pages and API", `${url}  (reference: ${url}/api/docs)`],
    ["Admin token", adminTokenFile ? `cat ${shorten(adminTokenFile)}` : "from TIDEMARK_ADMIN_TOKEN"],
    ["Database", config.DATABASE_URL ? "from DATABASE_URL" : `embedded PostgreSQL in ${folder}/postgres`],
    ["Secrets", config.TIDEMARK_ENCRYPTION_KEY ? "encrypted" : "plain text (TIDEMARK_ENCRYPTION_KEY encrypts them)"],
    ["Events", `${describeKafka(config)}${describePubsub(pubsub, config.PUBSUB_TOPIC)}POST ${url}/api/v1/events`],
  ];
  const isOpen = config.TIDEMARK_DASHBOARD === "open";
  lines.splice(1, 0, [
    "Who may read",
    isOpen ? "everyone who reaches the pages (open dashboard)" : "people who sign in",
  ]);
  if (ownerLink) lines.splice(2, 0, ["First owner", `open this link once, within 24 hours: ${ownerLink}`]);
  if (config.TIDEMARK_CLOCK) {
    const { startsAt, speed } = config.TIDEMARK_CLOCK;
    lines.push(["Clock", `simulated (drill) from ${startsAt.toISOString()}, ${speed} times real time`]);
  }
  if (demo)
    lines.push([
      "Demo",
      "a simulated fleet of five datacenters reports two weeks of history, then keeps reporting live",
    ]);
  if (monitoring.demo)
    lines.push([
      "Monitoring",
      `a look-alike of Cloud Monitoring on ${monitoring.emulatorHost}, from which the source google-cloud reads some backlogs and watermarks at gcp-eu`,
    ]);
  const width = Math.max(...lines.map(([title]) => title.length)) + 2;
  const table = lines.map(([title, text]) => `  ${title.padEnd(width)}${text}`).join("\n");
  return `\n  Tidemark is ready.\n\n${table}\n\n  Ctrl-C stops it. Its data stays in ${folder}.\n\n`;
}

/** As typed from the current folder, unless that leads out of it. */
function shorten(path: string): string {
  const short = relative("", path);
  return short === "" || short.startsWith("..") ? path : short;
}

function describePubsub({ projectId, emulatorHost }: Pubsub, topic: string): string {
  if (projectId === null) return "";
  const where = emulatorHost ? `Google's emulator on ${emulatorHost}` : "Google's Pub/Sub";
  return `topic ${topic} of project ${projectId} (${where}), and `;
}

function describeKafka(config: Config): string {
  const { KAFKA_BROKERS: brokers, KAFKA_TOPIC: topics } = config;
  return brokers === null || !takesFromKafka(config) ? "" : `Kafka ${topics.join(", ")} on ${brokers.join(", ")}, and `;
}
