import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixedWaits } from "./fixed-waits.ts";

const root = join(import.meta.dirname, "..");
const folders = "{app,bench,cli,components,deploy,domain,e2e,packages,scripts,server,simulator,test,workers}";

test("no test waits for a fixed time and then looks", () => {
  const files = globSync(`${folders}/**/{*.test.ts,*.spec.ts}`, { cwd: root, exclude: ["**/node_modules/**"] });
  expect(files.length).toBeGreaterThan(200);
  const found = files.flatMap((file) =>
    fixedWaits(readFileSync(join(root, file), "utf8")).map((line) => `${file}:${line}`),
  );
  expect(found).toEqual([]);
});

const imported = 'import { setTimeout as sleep } from "node:timers/promises";\n';

test.each([
  [
    "a sleep",
    `${imported}test("", async () => {\n  await sleep(300);\n  await act();\n  expect(done).toBe(true);\n});`,
    [3],
  ],
  [
    "a promise of a timer",
    'test("", async () => {\n  await new Promise((r) => setTimeout(r, 9));\n  await until("", is);\n});',
    [2],
  ],
  [
    "inside of a transaction",
    `${imported}test("", () => run(async () => {\n  await sleep(1);\n  expect(1).toBe(1);\n}));`,
    [3],
  ],
  ["Playwright's", 'test("", async ({ page }) => {\n  await page.waitForTimeout(500);\n});', [2]],
  [
    "the pace of a loop",
    `${imported}test("", async () => {\n  for (;;) {\n    act();\n    await sleep(20);\n  }\n  expect(1).toBe(1);\n});`,
    [],
  ],
  [
    "a slow fake",
    `${imported}test("", async () => {\n  serve(async () => {\n    await sleep(40);\n    return answer;\n  });\n  expect(1).toBe(1);\n});`,
    [],
  ],
  [
    "another's sleep",
    'import { sleep } from "./bed.ts";\ntest("", async () => {\n  await sleep(8);\n  expect(1).toBe(1);\n});',
    [],
  ],
])("found or not: %s", (_, source, lines) => expect(fixedWaits(source)).toEqual(lines));
