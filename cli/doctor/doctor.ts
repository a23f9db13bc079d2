import { type Config, ConfigError, encryptionKeysOf, readConfig, requireKnownSettings } from "#server/config.ts";
import { readRuntime } from "#server/process/runtime-file.ts";
import { findToken, findUrl } from "../connection.ts";
import { bad, type Finding, note, ok } from "./check.ts";
import { checkApi } from "./check-api.ts";
import { checkKafka } from "./check-kafka.ts";
import { checkPubsub } from "./check-pubsub.ts";

const neededNode = 24;

/** Checks everything that Tidemark depends on, one finding after the other. */
export async function* examine(): AsyncGenerator<Finding> {
  yield checkNode();
  const config = readSettings();
  if (config instanceof ConfigError) {
    yield bad(`Settings: ${config.message}`);
    return;
  }
  yield ok("Settings: this machine's are valid.");
  const running = await readRuntime(config.TIDEMARK_DATA_DIR);
  // Pointed at a Tidemark elsewhere, what is not set here says nothing of it.
  const isElsewhere = config.TIDEMARK_URL !== null && running === null;
  if (running) yield ok(`Tidemark is running in ${config.TIDEMARK_DATA_DIR} (process ${running.pid}).`);
  else if (!isElsewhere) yield note(`Tidemark is not running in ${config.TIDEMARK_DATA_DIR} on this machine.`);
  const databaseUrl = config.DATABASE_DIRECT_URL ?? config.DATABASE_URL ?? running?.databaseUrl ?? null;
  if (databaseUrl !== null || !isElsewhere) {
    const { checkDatabase } = await import("./check-database.ts");
    yield* await checkDatabase(databaseUrl, {
      encryptionKeys: encryptionKeysOf(config),
      streamsAudit: config.TIDEMARK_AUDIT_WEBHOOK !== null,
    });
  }
  if (config.DATABASE_URL !== null && config.DATABASE_DIRECT_URL !== null) {
    const { checkPooler } = await import("./check-pooler.ts");
    yield await checkPooler(config.DATABASE_URL, config.DATABASE_DIRECT_URL);
  }
  if (config.PUBSUB_PROJECT_ID !== null || !isElsewhere) yield* await checkPubsub(config);
  if (config.KAFKA_BROKERS !== null || !isElsewhere) yield* await checkKafka(config);
  yield* await checkApi({ url: await findUrl(config), token: await findToken(config) });
}

function checkNode(): Finding {
  const { node } = process.versions;
  if (Number.parseInt(node, 10) >= neededNode) return ok(`Node: ${node}.`);
  return bad(
    `Node: ${node} is too old. Tidemark needs ${neededNode} or newer; \`npm ci\` installs it on Linux and Windows.`,
  );
}

function readSettings(): Config | ConfigError {
  try {
    requireKnownSettings();
    return readConfig();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}
