import { readdir, readFile } from "node:fs/promises";

export interface ProductProcess {
  pid: number;
  /** The folder of workers/ that it runs, "postgres" (with its guardian) or "other". */
  name: string;
}

/** Every process of the product that `npm start` runs on a data folder, from Linux's /proc; empty elsewhere. */
export async function listProductProcesses(dataFolder: string): Promise<ProductProcess[]> {
  const found = new Map<number, ProductProcess & { parent: number }>();
  let supervisor = 0;
  for (const entry of await readdir("/proc").catch(() => [])) {
    if (!/^\d+$/.test(entry)) continue;
    const read = (file: string) => readFile(`/proc/${entry}/${file}`, "utf8").catch(() => "");
    const [command, status] = [await read("cmdline"), await read("status")];
    const pid = Number(entry);
    const worker = /workers\/(\w+)\/main/.exec(command)?.[1];
    const name = worker ?? (command.includes("postgres") ? "postgres" : "other");
    if (worker === "supervisor" && (await read("environ")).includes(dataFolder)) supervisor = pid;
    found.set(pid, { pid, name, parent: Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1] ?? 0) });
  }
  const isOfProduct = (pid: number): boolean =>
    pid === supervisor || (pid > 1 && isOfProduct(found.get(pid)?.parent ?? 0));
  return [...found.values()].filter(({ pid }) => isOfProduct(pid)).map(({ pid, name }) => ({ pid, name }));
}
