import { globSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadedModules } from "#test/loaded-modules.ts";

const workers = ["ingest", "evaluate", "alert", "notify", "forecast", "maintain", "collect"];
/** Each takes many megabytes of a process, and most processes never need it (docs/performance.md). */
const onRequest = ["@prisma/client", "node-ical", "next", "react", "@google-cloud/pubsub", "@platformatic/kafka"];

test.each(workers)("%s loads at its start nothing large that it may never need", async (worker) => {
  const parts = globSync("*.ts", { cwd: join(import.meta.dirname, worker) })
    .filter((file) => file !== "main.ts" && !file.includes(".test."))
    .map((file) => `await import("./workers/${worker}/${file}");`);
  const { files, packages } = await loadedModules(["--input-type=module", "--eval", parts.join("")]);
  expect(files).toContain(`workers/${worker}/loop.ts`);
  expect(packages.filter((name) => onRequest.includes(name))).toEqual([]);
  expect(files).not.toContain("server/db/generated/client.ts");
});
