import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SilenceJson } from "#domain/api/silences.ts";
import {
  draftOf,
  emptyDraft,
  matcherLines,
  previewRequest,
  type SilenceDraft,
  silenceRequest,
  sundayNight,
} from "./silence-draft.ts";

const draft: SilenceDraft = { ...emptyDraft(['datacenter="ams"']), reason: "Switches." };
const { matchers, reason } = draft;

// Instants are UTC, wherever the browser is.
beforeEach(() => {
  vi.stubEnv("TZ", "America/New_York");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test("matchers are read one a line, without empty lines", () => {
  expect(matcherLines('datacenter="ams"\n\n  severity!="info"  \n')).toEqual(['datacenter="ams"', 'severity!="info"']);
});

test.each<[string, Partial<SilenceDraft>, object]>([
  ["for a time from now", {}, { duration: "2h" }],
  ["until an instant", { howLong: "until", until: "2026-11-23T06:00:00Z" }, { endsAt: "2026-11-23T06:00:00Z" }],
  ["from later on", { startsAt: "2026-11-22T20:00:00Z" }, { startsAt: "2026-11-22T20:00:00Z", duration: "2h" }],
  [
    "every Sunday night",
    { howLong: "365d", weekly: sundayNight },
    {
      duration: "365d",
      recurrence: [{ weekdays: ["sunday"], times: [{ startTime: "02:00", endTime: "04:00" }], location: "UTC" }],
    },
  ],
])("a silence %s", (_, changed, expected) => {
  expect(silenceRequest({ ...draft, ...changed })).toEqual({ matchers, reason, ...expected });
});

test.each([
  ["that does not repeat", null],
  ["that repeats every week", silenceRequest({ ...draft, weekly: sundayNight }).recurrence],
  ["with times that the form has no fields for", [{ daysOfMonth: ["1:7"], location: "UTC" }]],
])("a silence %s stays as it is in its form", (_, recurrence = null) => {
  const fields = { matchers, reason, startsAt: "2026-11-22T13:20:05Z", endsAt: "2026-12-22T15:20:05Z" };
  const request = silenceRequest(draftOf({ ...fields, recurrence } as SilenceJson));
  expect(request).toEqual({ ...fields, ...(recurrence && { recurrence }) });
});

test("a preview knows its end, whatever is still missing", () => {
  const now = "2026-11-22T13:00:42Z";
  expect(previewRequest({ ...draft, reason: "" }, now)).toEqual({
    matchers,
    endsAt: "2026-11-22T15:00:00.000Z",
  });
  expect(previewRequest({ ...draft, howLong: "until" }, now)).toEqual({ matchers });
});
