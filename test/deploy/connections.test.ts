import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { processNames, root } from "./process-table.ts";

const page = readFileSync(join(root, "docs/installing.md"), "utf8");
const rows = [...page.matchAll(/^\| (\w+) \| (\d+) \|([^|]*)\| (\d+) \|$/gm)].map(
  ([, name = "", pool, beside = "", most]) => ({
    name,
    pool: Number(pool),
    beside: [...beside.matchAll(/\d+/g)].reduce((sum, [number]) => sum + Number(number), 0),
    most: Number(most),
  }),
);

/** The default of server/db/database.ts is 5. */
function poolOf(name: string): number {
  const file = name === "web" ? "server/http/runtime.ts" : `workers/${name}/main.ts`;
  return Number(/maxConnections: (\d+)/.exec(readFileSync(join(root, file), "utf8"))?.[1] ?? 5);
}

test("docs/installing.md says how many connections each process opens", () => {
  expect(rows.map(({ name }) => name).sort()).toEqual(processNames);
  for (const { name, pool, beside, most } of rows)
    expect([name, pool, most]).toEqual([name, poolOf(name), pool + beside]);
});

test("it says how many go to PostgreSQL directly and to a replica", () => {
  const direct = rows.reduce((sum, { name, pool, beside }) => sum + beside + (name === "maintain" ? pool : 0), 0);
  expect(page).toContain(`go to that address, ${direct} with one of each`);
  const replica = readFileSync(join(root, "server/db/replica.ts"), "utf8");
  const pools = [...replica.matchAll(/maxConnections(?: =|:) (\d+)/g)].reduce((sum, [, size]) => sum + Number(size), 0);
  expect(page).toContain(`each web process opens ${pools} more, to the replica`);
});

test("their sum is the one that it gives", () => {
  expect(page).toContain(`One of each opens ${rows.reduce((sum, { most }) => sum + most, 0)} at most.`);
});
