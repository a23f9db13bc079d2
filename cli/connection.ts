import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Config, readConfig } from "#server/config.ts";
import { readRuntime } from "#server/process/runtime-file.ts";
import { CliError } from "./cli-error.ts";

/** Tidemark's URL and the token to use. */
export interface Connection {
  readonly url: string;
  readonly token: string;
}

/** From the settings; without them, the Tidemark running in TIDEMARK_DATA_DIR. */
export async function findConnection(config: Config = readConfig()): Promise<Connection> {
  const token = await findToken(config);
  if (token === null) {
    throw new CliError(
      "No token. Set TIDEMARK_TOKEN to a token; an administrator creates one with `npx tidemark token create`.",
    );
  }
  return { url: await findUrl(config), token };
}

export async function findUrl(config: Config): Promise<string> {
  const running = await readRuntime(config.TIDEMARK_DATA_DIR);
  return config.TIDEMARK_URL ?? running?.url ?? "http://127.0.0.1:3000";
}

export async function findToken(config: Config): Promise<string | null> {
  const given = config.TIDEMARK_TOKEN ?? config.TIDEMARK_ADMIN_TOKEN;
  if (given !== null) return given;
  const running = await readRuntime(config.TIDEMARK_DATA_DIR);
  const file = running?.adminTokenFile ?? join(config.TIDEMARK_DATA_DIR, "admin-token");
  const text = await readFile(file, "utf8").catch(() => null);
  return text?.trim() || null;
}
