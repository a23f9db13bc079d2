import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mintToken } from "#server/access/index.ts";

export interface AdminToken {
  token: string;
  /** Where it can be read; null: it was given and is not stored. */
  file: string | null;
}

/** The given token, or one that is generated once and stored beside the data, readable by its owner only. */
export async function readAdminToken(given: string | null, dataFolder: string): Promise<AdminToken> {
  if (given !== null) return { token: given, file: null };
  const file = join(dataFolder, "admin-token");
  const kept = (await readFile(file, "utf8").catch(() => "")).trim();
  if (kept !== "") return { token: kept, file };
  const token = mintToken();
  await writeFile(file, `${token}\n`, { mode: 0o600 });
  return { token, file };
}
