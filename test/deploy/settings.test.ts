import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { notesOf, type SettingName } from "#server/config.ts";
import { chartSettings, renderChartSettings } from "../../scripts/write-chart-settings.ts";
import { processNames, processTable, root, rowOf, settingNames } from "./process-table.ts";

const rows = Object.values(processTable);

/** Of the command line, or of `npm start`, which starts everything on one machine. */
const ofNoProcess: readonly SettingName[] = [
  "TIDEMARK_CHROMIUM",
  "TIDEMARK_DATA_DIR",
  "TIDEMARK_EVALUATE_WORKERS",
  "TIDEMARK_INGEST_WORKERS",
  "TIDEMARK_NOTIFY_WORKERS",
  "TIDEMARK_TOKEN",
  "TIDEMARK_URL",
  // Each deployment sets them by itself.
  "TIDEMARK_HEALTH_HOST",
  "TIDEMARK_HEALTH_PORT",
];

test("the chart's table is that of the product", () => {
  expect(readFileSync(chartSettings, "utf8"), "run: npm run docs:configuration").toBe(renderChartSettings());
});

test("the table has a row for each process, and one for all", () => {
  expect(Object.keys(processTable).sort()).toEqual([...processNames, "common"].sort());
});

test("the table names settings that exist, secrets as secrets, each once in a row", () => {
  for (const [process, { settings, secrets }] of Object.entries(processTable)) {
    const named = [...settings, ...secrets];
    expect(
      named.filter((name) => !(settingNames as string[]).includes(name)),
      process,
    ).toEqual([]);
    expect(new Set(named).size, process).toBe(named.length);
    expect(
      named.filter((name) => notesOf(name as SettingName).secret),
      process,
    ).toEqual(secrets);
  }
});

test("every setting is of a process, of the command line or of the supervisor", () => {
  const inTable = rows.flatMap(({ settings, secrets }) => [...settings, ...secrets]);
  const users = settingNames.filter((name) => !notesOf(name).internal && !ofNoProcess.includes(name));
  expect([...new Set(inTable)].sort()).toEqual([...users].sort());
});

test.each(processNames)("%s has each setting that its own folder names", (process) => {
  const files = globSync("*.ts", { cwd: join(root, "workers", process) }).filter((file) => !file.includes(".test."));
  const code = files.map((file) => readFileSync(join(root, "workers", process, file), "utf8")).join("\n");
  const named = settingNames.filter((name) => new RegExp(`\\b${name}\\b`).test(code) && !notesOf(name).internal);
  const given = [processTable.common, rowOf(process)].flatMap(({ settings, secrets }) => [...settings, ...secrets]);
  expect(named.filter((name) => !given.includes(name) && !ofNoProcess.includes(name))).toEqual([]);
});
