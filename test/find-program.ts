import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A program on the PATH; null, with a printed hint on how to get it, if required. */
export function findProgram(name: string, howToGetIt: string): string | null {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (!found) process.stderr.write(`Skipped, for there is no ${name}: ${howToGetIt}\n`);
  return found ?? null;
}
