import { describe, expect, test } from "vitest";
import { parseSilence, parseSilenceDraft, type Silence, silencedBy, silenceState } from "../silence.ts";

const spec = {
  matchers: ['datacenter="ams"', 'severity!="info"'],
  endsAt: "2026-12-01T00:00:00Z",
  reason: "Switches.",
};
function silence(more: object = {}): Silence {
  const parsed = parseSilence({ startsAt: "2026-11-22T00:00:00Z", ...spec, ...more });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const { matchers, startsAt = new Date(0), endsAt, recurrence = null } = parsed.spec;
  return { id: "s", matchers, startsAt, endsAt, recurrence };
}
const faults = (more: object) => {
  const parsed = parseSilence({ ...spec, ...more });
  return parsed.ok ? [] : parsed.faults.map(({ pointer }) => pointer);
};

describe("a silence", () => {
  test("hides what all of its matchers match, while it lasts", () => {
    const hides = (labels: Record<string, string>, at = "2026-11-25T12:00:00Z") =>
      silencedBy(labels, [silence()], new Date(at)).length === 1;
    expect(hides({ datacenter: "ams" })).toBe(true);
    expect(hides({ datacenter: "ams", severity: "info" })).toBe(false);
    expect(hides({ datacenter: "lon" })).toBe(false);
    expect(hides({})).toBe(false);
    expect(hides({ datacenter: "ams" }, "2026-11-21T23:59:59.999Z")).toBe(false);
    expect(hides({ datacenter: "ams" }, "2026-11-22T00:00:00Z")).toBe(true);
    expect(hides({ datacenter: "ams" }, "2026-12-01T00:00:00Z")).toBe(false);
  });

  test("that comes again rests in between", () => {
    const recurrence = [{ weekdays: ["sunday"], times: [{ startTime: "02:00", endTime: "04:00" }] }];
    const stateAt = (at: string) => silenceState(silence({ recurrence }), new Date(at));
    expect(stateAt("2026-11-21T03:00:00Z")).toBe("pending");
    expect(stateAt("2026-11-22T03:00:00Z")).toBe("active");
    expect(stateAt("2026-11-22T04:00:00Z")).toBe("resting");
    expect(stateAt("2026-12-06T03:00:00Z")).toBe("expired");
  });

  test.each([
    [{ matchers: [] }, "/matchers"],
    [{ matchers: ['a=""', 'b=~".*"', 'c!="x"'] }, "/matchers"],
    [{ matchers: ["a"] }, "/matchers/0"],
    [{ reason: "" }, "/reason"],
    [{ endsAt: undefined }, "/endsAt"],
    [{ endsAt: "tomorrow" }, "/endsAt"],
    [{ startsAt: "2026-12-01T00:00:00Z" }, "/endsAt"],
    [{ recurrence: [] }, "/recurrence"],
    [{ comment: "x" }, "/comment"],
  ])("%j is refused at %s", (more, pointer) => {
    expect(faults(more)).toEqual([pointer]);
  });

  test("half written can be looked at as soon as it matches something", () => {
    expect(parseSilenceDraft({ matchers: spec.matchers }).ok).toBe(true);
    expect(parseSilenceDraft({ matchers: spec.matchers, recurrence: null, reason: "" }).ok).toBe(true);
    expect(parseSilenceDraft({ matchers: [] }).ok).toBe(false);
  });
});
