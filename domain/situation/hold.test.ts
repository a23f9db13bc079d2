import { describe, expect, it } from "vitest";
import { holdCause } from "./hold.ts";
import type { LikelyCause } from "./situation.ts";

const cause = (part: Partial<LikelyCause>): LikelyCause => ({
  code: "publishing_stalled",
  datacenter: "sjc",
  stage: "published",
  component: null,
  instance: null,
  version: null,
  deploymentId: null,
  score: 0.8,
  sentence: "",
  evidence: [],
  ...part,
});
const cut = cause({});
const stall = cause({ code: "watermark_stalled", stage: "delivered" });
const surer = cause({ code: "backlog", stage: "delivered", score: 0.9 });
const ongoing = { isStarting: false, recovers: false };

describe("the cause that is said", () => {
  it("nothing → what was found", () => {
    expect(holdCause({ cause: cut, later: null }, null, ongoing)).toBe(cut);
  });

  it("a cause → the same with newer evidence, and what does not show any more is remembered", () => {
    const asOf = new Date("2026-11-22T13:30:00Z");
    const seen = (code: string) => ({ code, figure: null, unit: null, of: null, asOf, fact: code });
    const before = cause({ evidence: [seen("unpublished"), seen("lag")] });
    const found = cause({ evidence: [{ ...seen("lag"), fact: "newer" }] });
    const said = holdCause({ cause: found, later: null }, before, ongoing);
    expect(said.evidence.map(({ fact }) => fact)).toEqual(["newer", "unpublished"]);
  });

  it("a cause → the same by its lanes: what its hours showed of it is replaced", () => {
    const asOf = new Date("2026-11-22T13:30:00Z");
    const seen = (code: string) => ({ code, figure: null, unit: null, of: null, asOf, fact: code });
    const before = cause({ evidence: [seen("publishing_stalled")] });
    const said = holdCause({ cause: cause({ evidence: [seen("unpublished")] }), later: null }, before, ongoing);
    expect(said.evidence.map(({ fact }) => fact)).toEqual(["unpublished"]);
  });

  it("a cause → another: in the first minutes, once", () => {
    expect(holdCause({ cause: surer, later: null }, cut, { isStarting: true, recovers: false })).toMatchObject({
      code: "backlog",
      changes: 1,
    });
  });

  it("a cause → the cause before: it recovers, however strong the other is", () => {
    expect(holdCause({ cause: surer, later: null }, cut, { isStarting: true, recovers: true })).toBe(cut);
    expect(holdCause({ cause: cut, later: stall }, cut, { isStarting: false, recovers: true }).code).toBe(cut.code);
  });

  it("a cause → the later one: it still grows by another mechanism, once", () => {
    const changed = holdCause({ cause: cut, later: stall }, cut, ongoing);
    expect(changed).toMatchObject({ code: "watermark_stalled", changes: 1 });
    expect(holdCause({ cause: cut, later: null }, changed, ongoing)).toBe(changed);
    expect(holdCause({ cause: cut, later: surer }, changed, ongoing)).toBe(changed);
  });

  it("a deployment → the deployment: the mechanism is what it does harm by", () => {
    const deployed = cause({ code: "deployment", stage: "delivered", deploymentId: "7" });
    expect(holdCause({ cause: deployed, later: stall }, deployed, ongoing).code).toBe("deployment");
  });

  it("an instance that came back is still the one that was gone", () => {
    const before = cause({ code: "reporters_missing", component: "event-service", instance: "host-2" });
    const found = cause({ code: "reporters_missing" });
    expect(holdCause({ cause: found, later: null }, before, ongoing).instance).toBe("host-2");
  });
});
