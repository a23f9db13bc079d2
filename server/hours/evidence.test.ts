import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DatacenterEvidence } from "#domain/verdict.ts";
import { decodeEvidence, encodeEvidence, namesNotClosed } from "./evidence.ts";

const count = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
const moment = fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true });
const evidence = fc
  .record({
    name: fc.string({ minLength: 1 }),
    closedAt: fc.option(moment),
    watermark: fc.option(moment),
    known: fc.boolean(),
    produced: fc.option(count),
    published: fc.option(count),
    delivered: count,
  })
  .map((facts): DatacenterEvidence => {
    const surplus = facts.produced === null ? 0n : facts.delivered - facts.produced;
    return {
      ...facts,
      closed: facts.closedAt !== null,
      lost: surplus < 0n ? -surplus : 0n,
      duplicated: surplus > 0n ? surplus : 0n,
    };
  });

describe("evidence", () => {
  it("reads back what was written, counts beyond 2^53 included", () => {
    fc.assert(
      fc.property(fc.array(evidence, { maxLength: 6 }), (datacenters) => {
        expect(decodeEvidence(JSON.parse(encodeEvidence(datacenters)))).toEqual(datacenters);
      }),
    );
  });

  it("keeps an unknown produced count apart from zero", () => {
    const [unknown, zero] = decodeEvidence([
      ["east", null, null, 0, null, null, 7],
      ["west", null, null, 1, 0, null, 7],
    ]);
    expect(unknown).toMatchObject({ known: false, produced: null, lost: 0n, duplicated: 0n });
    expect(zero).toMatchObject({ known: true, produced: 0n, lost: 0n, duplicated: 7n });
  });

  it("names those that have not closed", () => {
    fc.assert(
      fc.property(fc.array(evidence, { maxLength: 6 }), (datacenters) => {
        const open = datacenters.filter((datacenter) => !datacenter.closed).map((datacenter) => datacenter.name);
        expect(namesNotClosed(JSON.parse(encodeEvidence(datacenters)))).toEqual(open);
      }),
    );
  });

  it("refuses what is no evidence", () => {
    expect(() => decodeEvidence({ east: 1 })).toThrow('not {"east":1}');
  });
});
