import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { processNames, root } from "./process-table.ts";

const page = read("docs/installing.md");
const rows = [...page.matchAll(/^\| (\w+) \| (\d+[^|]*) \|([^|]*)\| (\d+) \|$/gm)].map(
  ([, name = "", pool = "", beside = "", most]) => ({
    name,
    pool: sumOf(pool),
    beside: sumOf(beside),
    most: Number(most),
  }),
);
const ofWeb = webPools("server/http/runtime.ts");
const ofVisitors = webPools("server/http/visitors-reads.ts");

function sumOf(cell: string): number {
  return [...cell.matchAll(/\d+/g)].reduce((sum, [number]) => sum + Number(number), 0);
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

function webPools(file: string): { primary: number; replica: number } {
  const [, primary, replica] = /const connections = \{ primary: (\d+), replica: (\d+) \}/.exec(read(file)) ?? [];
  return { primary: Number(primary), replica: Number(replica) };
}

/** The default of server/db/database.ts is 5. */
function poolOf(name: string): number {
  if (name === "web") return ofWeb.primary + ofVisitors.primary;
  return Number(/maxConnections: (\d+)/.exec(read(`workers/${name}/main.ts`))?.[1] ?? 5);
}

test("docs/installing.md says how many connections each process opens", () => {
  expect(rows.map(({ name }) => name).sort()).toEqual(processNames);
  for (const { name, pool, beside, most } of rows)
    expect([name, pool, most]).toEqual([name, poolOf(name), pool + beside]);
});

test("it says how many go to PostgreSQL directly and to a replica", () => {
  const direct = rows.reduce((sum, { name, pool, beside }) => sum + beside + (name === "maintain" ? pool : 0), 0);
  expect(page).toContain(`go to that address, ${direct} with one of each`);
  // Beside each pool, one that looks how far behind the replica is.
  const looking = Number(/maxConnections: (\d+)/.exec(read("server/db/replica.ts"))?.[1]);
  expect(page).toContain(`each web process opens ${ofWeb.replica + looking} more, to the replica`);
  expect(page).toContain(`and ${ofVisitors.replica + looking} for visitors if the dashboard is open`);
});

test("their sum is the one that it gives", () => {
  expect(page).toContain(`One of each opens ${rows.reduce((sum, { most }) => sum + most, 0)} at most.`);
});
