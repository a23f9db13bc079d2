import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byName, type DatacenterEvidence, lossOf, mostEvents } from "#domain/verdict.ts";
import { encodeLanes, parseLanes } from "./lanes.ts";

const count = fc.bigInt({ min: 0n, max: mostEvents });
const moment = fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true });
const lane = fc
  .record({
    name: fc.string({ minLength: 1 }),
    closedAt: fc.option(moment),
    watermark: fc.option(moment),
    known: fc.boolean(),
    produced: fc.option(count),
    published: fc.option(count),
    delivered: count,
    reporters: fc.option(fc.record({ reportersExpected: fc.nat(), reportersMissing: fc.nat() })),
  })
  .map(
    ({ reporters, ...facts }): DatacenterEvidence => ({
      ...facts,
      ...(reporters ?? { reportersExpected: null, reportersMissing: null }),
      closed: facts.closedAt !== null,
      ...lossOf(facts.produced, facts.delivered),
    }),
  );

describe("lanes of a revision", () => {
  it("reads back what was written in the order of names, counts beyond 2^53 included", () => {
    fc.assert(
      fc.property(fc.uniqueArray(lane, { maxLength: 6, selector: ({ name }) => name }), (lanes) => {
        expect(parseLanes(JSON.parse(JSON.stringify(encodeLanes(lanes))))).toEqual(lanes.toSorted(byName));
      }),
    );
  });

  it("keeps an unknown produced count apart from zero", () => {
    const told = { closedAt: null, watermark: null, published: null, delivered: 7 };
    const [unknown, zero] = parseLanes([
      { ...told, name: "east", known: false, produced: null },
      { ...told, name: "west", known: true, produced: 0 },
    ]);
    expect(unknown).toMatchObject({ known: false, produced: null, lost: 0n, duplicated: 0n });
    expect(zero).toMatchObject({ known: true, produced: 0n, lost: 0n, duplicated: 7n });
  });

  it("refuses what is no list", () => {
    expect(() => parseLanes({ east: 1 })).toThrow('not {"east":1}');
  });
});
