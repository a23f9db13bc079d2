import { readdir, readFile } from "node:fs/promises";

export interface ProcessMemory {
  pid: number;
  /** The folder of workers/ that it runs, or "postgres" for all processes of the database together. */
  name: string;
  /** Memory of its own, in bytes: without files and without what PostgreSQL's processes share. */
  bytes: number;
}

/** Every process of the product that runs on a data folder, from Linux's /proc; empty elsewhere. */
export async function readProductMemory(dataFolder: string): Promise<ProcessMemory[]> {
  const parents = new Map<number, number>();
  const found = new Map<number, ProcessMemory>();
  let supervisor = 0;
  for (const entry of await readdir("/proc").catch(() => [])) {
    if (!/^\d+$/.test(entry)) continue;
    const read = (file: string) => readFile(`/proc/${entry}/${file}`, "utf8").catch(() => "");
    const [command, status] = [await read("cmdline"), await read("status")];
    const kib = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
    const pid = Number(entry);
    parents.set(pid, kib("PPid"));
    const worker = /workers\/(\w+)\/main/.exec(command)?.[1];
    const name = worker ?? (command.includes("postgres") ? "postgres" : null);
    if (worker === "supervisor" && (await read("environ")).includes(dataFolder)) supervisor = pid;
    if (name !== null) found.set(pid, { pid, name, bytes: kib("RssAnon") * 1024 });
  }
  const isOfProduct = (pid: number): boolean => pid === supervisor || (pid > 1 && isOfProduct(parents.get(pid) ?? 0));
  const own = [...found.values()].filter(({ pid }) => isOfProduct(pid));
  const postgres = own.filter(({ name }) => name === "postgres");
  const database = { pid: 0, name: "postgres", bytes: postgres.reduce((sum, { bytes }) => sum + bytes, 0) };
  return [...own.filter(({ name }) => name !== "postgres"), ...(postgres.length > 0 ? [database] : [])];
}
