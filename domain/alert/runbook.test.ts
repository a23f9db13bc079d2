import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { alertMetrics } from "../alert-rule.ts";
import { runbookOf } from "./runbook.ts";

test.each(alertMetrics)("%s has a runbook in docs/", (metric) => {
  const path = runbookOf({ metric, runbook: null });
  expect(path).toMatch(/^\/docs\/runbooks\//);
  expect(existsSync(`docs/${path.slice("/docs/".length)}.md`), path).toBe(true);
});

test("a rule's own runbook goes first", () => {
  expect(runbookOf({ metric: "lost", runbook: "https://wiki.example.com/losses" })).toBe(
    "https://wiki.example.com/losses",
  );
});
