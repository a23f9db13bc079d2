import { expect, test } from "vitest";
import type { BoardAlertJson } from "#domain/api/board.ts";
import { alertMark, alertWords } from "./row-alerts.ts";

const page: BoardAlertJson = {
  incidentId: "17",
  severity: "page",
  since: "2026-11-22T13:04:05Z",
  acknowledged: false,
  muted: null,
};

test("one that no one has acknowledged", () => {
  expect([alertMark(page), alertWords(page)]).toEqual(["page", "page since 2026-11-22 13:04 UTC, not acknowledged"]);
});
test("one that someone looks at", () => {
  const known = { ...page, acknowledged: true };
  expect([alertMark(known), alertWords(known)]).toEqual(["page ✓", "page since 2026-11-22 13:04 UTC, acknowledged"]);
});
test("silenced and inhibited are two things", () => {
  expect(alertMark({ ...page, muted: "silenced" })).toBe("silenced");
  expect(alertWords({ ...page, muted: "silenced" })).toMatch(/not acknowledged, silenced$/);
  expect(alertMark({ ...page, muted: "inhibited" })).toBe("inhibited");
  expect(alertWords({ ...page, muted: "inhibited" })).toMatch(/inhibited by another alert of the same cause$/);
});
