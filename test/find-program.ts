import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A program on the PATH; null, and a line that says how to get it, where there is none. */
export function findProgram(name: string, howToGetIt: string): string | null {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (!found) process.stderr.write(`Skipped, for there is no ${name}: ${howToGetIt}\n`);
  return found ?? null;
}
