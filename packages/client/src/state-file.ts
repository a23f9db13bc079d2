import { open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { KeptMarks } from "./marks.ts";
import type { CloudEvent } from "./messages.ts";
import type { KeptTallies } from "./tallies.ts";

/** What a process leaves to the next of the same reporter. */
export interface KeptState extends KeptTallies {
  marks: KeptMarks;
  /** Markers of hours and deployments that were not accepted yet. */
  events: CloudEvent[];
}

export type RawState = { reporter: string; tallies: unknown[] } & { [Key in keyof KeptState]?: unknown };

/** The file's JSON, its parts unchecked; null: there is none. Throws a sentence if it is not a state file. */
export async function readState(file: string | undefined): Promise<RawState | null> {
  if (file === undefined) return null;
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  try {
    const state = JSON.parse(text) as RawState;
    if (typeof state.reporter === "string" && Array.isArray(state.tallies)) return state;
  } catch {
    // thrown below
  }
  throw new Error(
    `${file} is not a reporter's state file. Move it away: counting then starts at 0 under a new reporter name.`,
  );
}

/** Replaces the file atomically, synced to disk on return: a crash leaves the old state or the new one. */
export async function writeState(file: string, state: KeptState): Promise<void> {
  const draft = `${file}.tmp`;
  await writeThrough(draft, JSON.stringify(state));
  await rename(draft, file);
  await syncFolder(dirname(file));
}

async function writeThrough(file: string, text: string): Promise<void> {
  const handle = await open(file, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The rename must survive a power loss too: with the old file a restart would continue below what was sent. */
async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders, and persists names by itself.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
