import { open, readFile, rename } from "node:fs/promises";
import type { Tally } from "./tallies.ts";

export interface KeptState {
  reporter: string;
  tallies: Tally[];
}

/** What an earlier process of this reporter kept; null: nothing. Throws a sentence where the file is something else. */
export async function readState(file: string): Promise<KeptState | null> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  try {
    const state = JSON.parse(text) as KeptState;
    if (typeof state.reporter === "string" && Array.isArray(state.tallies)) return state;
  } catch {
    // said below
  }
  throw new Error(
    `${file} does not hold a reporter's counts. Move it away: counting then starts anew, under another reporter's name.`,
  );
}

/** Replaces the file as a whole, on the disk when it returns: a crash leaves the old state or the new one. */
export async function writeState(file: string, state: KeptState): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  const handle = await open(draft, "w", 0o600);
  try {
    await handle.writeFile(JSON.stringify(state));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
