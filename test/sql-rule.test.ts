import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const files = globSync("{server,workers,cli}/**/*.ts", { cwd: root }).filter(
  (path) => !/^server\/db\/generated\/|\.test\.ts$/.test(path),
);

const rules: { name: string; pattern: RegExp; except?: string }[] = [
  {
    name: "several arrays as parameters are rows: describe them with bulkRows",
    pattern: /unnest\(\s*\$\d+::\w+\[\],/,
    except: "server/db/bulk-rows.ts",
  },
  { name: "JSON out of a statement has names", pattern: /jsonb?_build_array\(/ },
  { name: "raw statements go through `sql`, not through Prisma", pattern: /\$(query|execute)Raw/ },
];

test.each(rules)("$name (docs/adr/0026)", ({ pattern, except }) => {
  expect(files.length).toBeGreaterThan(300);
  const broken = files.filter((path) => path !== except && pattern.test(readFileSync(join(root, path), "utf8")));
  expect(broken).toEqual([]);
});
