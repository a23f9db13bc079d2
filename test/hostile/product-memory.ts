import { readFile } from "node:fs/promises";
import { listProductProcesses } from "#test/product-processes.ts";

export interface ProcessMemory {
  pid: number;
  /** The folder of workers/ that it runs, or "postgres" for all processes of the database together. */
  name: string;
  /** Memory of its own, in bytes: without files and without what PostgreSQL's processes share. */
  bytes: number;
}

/** Every process of the product that runs on a data folder, from Linux's /proc; empty elsewhere. */
export async function readProductMemory(dataFolder: string): Promise<ProcessMemory[]> {
  const found = (await listProductProcesses(dataFolder)).filter(({ name }) => name !== "other");
  const own = await Promise.all(found.map(async (each) => ({ ...each, bytes: await anonymousBytes(each.pid) })));
  const postgres = own.filter(({ name }) => name === "postgres");
  const database = { pid: 0, name: "postgres", bytes: postgres.reduce((sum, { bytes }) => sum + bytes, 0) };
  return [...own.filter(({ name }) => name !== "postgres"), ...(postgres.length > 0 ? [database] : [])];
}

async function anonymousBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
}
