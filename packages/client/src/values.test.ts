import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseEvent } from "../../../domain/protocol.ts";
import { BadInput } from "./bad-input.ts";
import { readAmount, readHour, readMark, readName } from "./values.ts";

const now = new Date("2026-11-22T14:00:00Z");
const window = { nowMs: now.getTime(), maxHourAgeMs: 400 * 86_400_000 };

/** What the product says of a message with one value in it. */
function isTaken(report: Record<string, unknown>): boolean {
  const data = {
    dc: "lon",
    stage: "produced",
    reporter: "r",
    reports: [{ eventType: "EndSong", hour: "2026-11-22T13", events: 1, ...report }],
  };
  const event = {
    specversion: "1.0",
    type: "tidemark.counters.v1",
    source: "s",
    id: "1",
    time: now.toISOString(),
    data,
  };
  return parseEvent(JSON.parse(JSON.stringify(event)), now).ok;
}

function isRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof BadInput) return false;
    throw error;
  }
}

describe("a name", () => {
  const unit = fc.constantFrom(
    "a",
    " ",
    ".",
    "\u0000",
    "\u0085",
    "\ufdd0",
    "\uffff",
    "\ud800",
    "\udc00",
    "é",
    "e\u0301",
    "😀",
  );
  const text = fc.oneof(
    fc.array(unit, { maxLength: 4 }).map((units) => units.join("")),
    fc.string({ unit: "binary", maxLength: 5 }),
    fc
      .tuple(fc.constantFrom("x", "😀", "e\u0301", "\u0344"), fc.integer({ min: 250, max: 260 }))
      .map(([of, times]) => of.repeat(times)),
  );

  test("is taken here and by Tidemark, or by neither", () => {
    fc.assert(
      fc.property(text, (eventType) => {
        const isHere = isRead(() => readName("eventType", eventType));
        expect([eventType, isHere]).toEqual([eventType, isTaken({ eventType })]);
      }),
      { numRuns: 5_000 },
    );
  });

  test("has one form: composed", () => {
    expect(readName("eventType", "Caf\u0065\u0301")).toBe("Caf\u00e9");
  });

  test.each<[unknown, string]>([
    ["", "`eventType` must have 1 to 255 characters"],
    [undefined, "`eventType` must be a string; found undefined"],
    ["a\nb", "control characters"],
    ["a\ufffe", "noncharacters"],
    [" a", "space"],
    ["..", '"." or ".."'],
    ["\ud800", "lone surrogates"],
    ["x".repeat(256), "found 256 characters"],
  ])("%j is refused with what is wrong", (name, sentence) => {
    expect(() => readName("eventType", name)).toThrow(sentence);
  });
});

describe("an amount", () => {
  test("is taken here and by Tidemark, or by neither", () => {
    const amount = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.constantFrom(2 ** 53, 2 ** 53 - 1, -0, -1, 1.5, "1", null, true, [], {}),
    );
    fc.assert(
      fc.property(amount, (events) => {
        // JSON has neither NaN nor infinities: they become null.
        const expected = typeof events === "number" && !Number.isFinite(events) ? false : isTaken({ events });
        expect([events, isRead(() => readAmount("events", events))]).toEqual([events, expected]);
      }),
    );
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, "7", 7n])("%s is refused", (events) => {
    expect(() => readAmount("events", events)).toThrow(BadInput);
  });
});

describe("an hour", () => {
  test("what is taken here Tidemark takes, as the same hour", () => {
    const ms = fc.integer({ min: window.nowMs - 500 * 86_400_000, max: window.nowMs + 40 * 86_400_000 });
    fc.assert(
      fc.property(ms, (at) => {
        const name = new Date(at).toISOString().slice(0, 13);
        const forms = [new Date(at), name, `${name}Z`, `${name}:00Z`, `${name}:00:00Z`, new Date(at).toISOString()];
        const read = forms.map((form) =>
          isRead(() => readHour("at", form, window)) ? readHour("at", form, window) : null,
        );
        expect(new Set(read).size).toBe(1);
        if (read[0] !== null) expect([read[0], isTaken({ hour: read[0] })]).toEqual([name, true]);
      }),
    );
  });

  test("of an instant with an offset is the UTC hour", () => {
    expect(readHour("at", "2026-11-22T01:30:00+05:30", window)).toBe("2026-11-21T20");
  });

  test.each<[unknown, string]>([
    [new Date(Number.NaN), "found an invalid Date"],
    ["yesterday", "an hour like 2026-11-22T13"],
    ["2026-02-30T10", "an hour like"],
    ["2026-11-22T24", "an hour like"],
    ["2026-11-22T10:00:00", "an hour like"],
    [null, "must be a valid Date; found null"],
    [1_700_000_000_000, "must be a valid Date"],
    [new Date(8.64e15), "31 days ahead"],
    [new Date(0), "400 days (maxHourAgeMs) ago"],
    ["2027-01-01T00", "this machine's clock says 2026-11-22T14:00:00.000Z"],
  ])("%s is refused with what is wrong", (at, sentence) => {
    expect(() => readHour("at", at, window)).toThrow(sentence);
  });
});

test("a mark cannot promise the future", () => {
  expect(readMark("watermark", new Date(window.nowMs + 600_000), window.nowMs)).toBeInstanceOf(Date);
  expect(() => readMark("watermark", new Date(window.nowMs + 600_001), window.nowMs)).toThrow("10 minutes ahead");
  expect(() => readMark("watermark", new Date("9999-12-31T23:59:59Z"), window.nowMs)).toThrow("`watermark` must be");
});
