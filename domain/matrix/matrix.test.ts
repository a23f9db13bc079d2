import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { verdictStates } from "../verdict.ts";
import {
  isAmended,
  ratioSteps,
  readDelayCode,
  readRatioCode,
  readStateLetter,
  stateOf,
  toCharacter,
  toCode,
  toDelayCode,
  toRatioCode,
  toStateCode,
  toStateLetter,
} from "./codes.ts";
import { decodeMatrix, emptyMatrix, encodeMatrix, type Matrix, mergeRecent } from "./matrix.ts";

const from = new Date("2026-11-22T00:00:00Z");
const typeOf = (eventType: string, troubledBy: string[] = []) => {
  return { eventType, owner: "payments", tier: "high", deadlineSeconds: 7200, troubledBy };
};

/** Any matrix of up to 6 types × 80 hours. */
const anyMatrix = fc
  .record({ hours: fc.integer({ min: 1, max: 80 }), types: fc.uniqueArray(fc.string(), { maxLength: 6 }) })
  .chain(({ hours, types }) => {
    const size = hours * types.length;
    const bytes = fc.uint8Array({ minLength: size, maxLength: size });
    const states = fc.array(fc.tuple(fc.constantFrom(null, ...verdictStates), fc.boolean()), {
      minLength: size,
      maxLength: size,
    });
    return fc.record({ states, delays: bytes, lost: bytes, duplicated: bytes, skewed: bytes }).map(
      (cells): Matrix => ({
        ...cells,
        from,
        hours,
        types: types.map((name) => typeOf(name)),
        states: Uint8Array.from(cells.states, ([state, amended]) => toStateCode(state, amended)),
      }),
    );
  });

describe("on its way", () => {
  it("every matrix comes out as it went in, through JSON", () => {
    fc.assert(
      fc.property(anyMatrix, (matrix) => {
        expect(decodeMatrix(JSON.parse(JSON.stringify(encodeMatrix(matrix))))).toEqual(matrix);
      }),
    );
  });

  it("every code has a character of its own that JSON leaves as it is", () => {
    const characters = Array.from({ length: 256 }, (_, code) => toCharacter(code));
    expect(new Set(characters).size).toBe(256);
    expect(JSON.stringify(characters.join(""))).toHaveLength(258);
    expect(characters.map((each) => toCode(each.charCodeAt(0)))).toEqual(characters.map((_, code) => code));
  });

  it("states keep their letter, amended ones in capitals; an unknown letter is no verdict", () => {
    for (const state of [null, ...verdictStates]) {
      for (const amended of [false, true]) {
        const code = readStateLetter(toStateLetter(toStateCode(state, amended)).charCodeAt(0));
        expect([stateOf(code), isAmended(code)]).toEqual([state, amended && state !== null]);
      }
    }
    expect(toStateLetter(toStateCode("complete", true))).toBe("C");
    expect(stateOf(readStateLetter("?".charCodeAt(0)))).toBeNull();
  });

  it("figures without any value are no text", () => {
    expect(encodeMatrix(emptyMatrix(from, 3, [typeOf("EndSong")]))).toMatchObject({ states: ["..."], delays: [""] });
  });
});

describe("rounding", () => {
  const deadline = fc.integer({ min: 30, max: 300_000 });

  it("a delay is within 12 %, or a minute, of what it was, unless the deadline stands between", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seconds) => {
        const read = readDelayCode(toDelayCode(seconds, 1_000_000)) ?? Number.NaN;
        expect(Math.abs(read - seconds)).toBeLessThanOrEqual(Math.max(60, seconds * 0.12));
      }),
    );
  });

  it("a delay never changes sides of its deadline", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), deadline, (seconds, deadlineSeconds) => {
        const read = readDelayCode(toDelayCode(seconds, deadlineSeconds)) ?? Number.NaN;
        expect(read > deadlineSeconds).toBe(seconds > deadlineSeconds);
      }),
    );
  });

  test.each([
    [null, null],
    [0, 0],
    [419, 360],
    [480, 480],
    [13 * 60, 14 * 60],
    [64 * 60, 64 * 60],
    [3600, 56 * 60],
    [3601, 64 * 60],
  ])("with a deadline of an hour a delay of %s s travels as %s s", (seconds, read) => {
    expect(readDelayCode(toDelayCode(seconds, 3600))).toBe(read);
  });

  it("a ratio is within its step, and never none when there was any", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 10, noNaN: true }), (ratio) => {
        for (const steps of Object.values(ratioSteps)) {
          const read = readRatioCode(toRatioCode(ratio, steps), steps);
          expect(Math.abs(Math.log10(read / ratio))).toBeLessThanOrEqual(0.5 / steps + 1e-9);
        }
      }),
    );
    expect(toRatioCode(0, 8)).toBe(0);
    expect(toRatioCode(1e-30, 8)).toBe(1);
    expect(toRatioCode(Number.NaN, 8)).toBe(0);
  });
});

describe("a later answer of the last hours", () => {
  const whole = emptyMatrix(from, 4, [typeOf("A", ["lon"]), typeOf("B")]);
  whole.states.fill(toStateCode("closing", false));
  const recent = emptyMatrix(new Date("2026-11-22T02:00:00Z"), 3, [typeOf("New"), typeOf("A", ["ash"])]);
  recent.states.fill(toStateCode("complete", true));
  recent.delays.fill(7);
  const merged = mergeRecent(whole, recent);

  it("replaces them and leaves the others, and hours beyond the end, alone", () => {
    expect([...encodeMatrix(merged).states]).toEqual(["ggCC", "gggg"]);
    expect([...merged.delays]).toEqual([0, 0, 7, 7, 0, 0, 0, 0]);
    expect(encodeMatrix(whole).states).toEqual(["gggg", "gggg"]);
  });

  it("keeps who troubled the earlier hours", () => {
    expect(merged.types.map(({ troubledBy }) => troubledBy)).toEqual([["ash", "lon"], []]);
  });
});
