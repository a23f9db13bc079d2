import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestPostgres } from "./test-postgres.ts";

/** The postmaster first: it must not look after the others meanwhile. */
export async function processesOf({ folder }: Pick<TestPostgres, "folder">): Promise<number[]> {
  const postmaster = Number((await readFile(join(folder, "postmaster.pid"), "utf8")).split("\n")[0]);
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, "utf8");
  return [postmaster, ...children.trim().split(" ").map(Number)];
}
