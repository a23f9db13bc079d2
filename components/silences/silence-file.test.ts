import { describe, expect, test } from "vitest";
import { emptyDraft, type SilenceDraft, silenceRequest, sundayNight } from "./silence-draft.ts";
import { readSilence, writeSilence } from "./silence-file.ts";

const now = "2026-11-22T13:00:42Z";
const draft: SilenceDraft = { ...emptyDraft(['datacenter="ams"']), reason: "Switches." };
const fixed = { startsAt: "2026-11-22T14:00:00Z", howLong: "until", until: "2026-12-22T15:00:00Z" };

describe("a silence as a file", () => {
  test.each<[string, Partial<SilenceDraft>]>([
    ["that does not repeat", {}],
    ["that repeats every week", { weekly: sundayNight }],
    ["with times that the form has no fields for", { intervals: [{ daysOfMonth: ["1:7"], location: "UTC" }] }],
    ["without an end yet", { until: null }],
  ])("a draft %s comes back as it was written", (_, changed) => {
    const written: SilenceDraft = { ...draft, ...fixed, ...changed };
    expect(readSilence(writeSilence(written, now))).toEqual(written);
  });

  test("a duration is written as the end that it means now", () => {
    expect(writeSilence(draft, now)).toEqual({
      matchers: ['datacenter="ams"'],
      endsAt: "2026-11-22T15:00:00.000Z",
      reason: "Switches.",
    });
  });

  test("what is left out is left to the API to ask for", () => {
    const read = readSilence({ matchers: [] });
    expect(read).not.toHaveProperty("fault");
    expect(silenceRequest(read as SilenceDraft)).toEqual({ matchers: [], reason: "" });
  });

  test.each<[string, Record<string, unknown>]>([
    ["spec.matcher", { matcher: [] }],
    ["spec.matchers", { matchers: 'datacenter="ams"' }],
    ["spec.matchers", { matchers: [1] }],
    ["spec.endsAt", { endsAt: 5 }],
    ["spec.reason", { reason: ["a"] }],
    ["spec.recurrence", { recurrence: ["sunday"] }],
  ])("%s is named when the form cannot hold it", (place, spec) => {
    expect(readSilence(spec)).toEqual({ fault: expect.stringContaining(place) });
  });
});
