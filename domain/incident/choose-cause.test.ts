import { describe, expect, it } from "vitest";
import type { Cause } from "../explain.ts";
import { causeKeyOf, chooseCause, everywhereLate, explains, isEverywhere, readCauseKey } from "./choose-cause.ts";
import { worstSeverity } from "./incident-state.ts";

const late = (datacenter: string) => ({ trouble: "late" as const, datacenter });

describe("the key of a cause", () => {
  it("is the datacenter and what goes wrong there, else the type, else Tidemark", () => {
    expect(causeKeyOf(late("sjc"), "EndSong")).toBe("datacenter/sjc/late");
    expect(causeKeyOf({ trouble: "lost", datacenter: "sjc" }, "EndSong")).toBe("datacenter/sjc/lost");
    expect(causeKeyOf({ trouble: "volume", datacenter: null }, "EndSong")).toBe("type/EndSong/volume");
    expect(causeKeyOf({ trouble: "blind", datacenter: null }, null)).toBe("tidemark/blind");
  });
});

describe("reading a key", () => {
  it("gives what it was made of, also where a name contains slashes", () => {
    for (const name of ["sjc", "eu/west/1"]) {
      expect(readCauseKey(causeKeyOf(late(name), null))).toEqual({ ...late(name), eventType: null });
      const volume = { trouble: "volume" as const, datacenter: null };
      expect(readCauseKey(causeKeyOf(volume, name))).toEqual({ ...volume, eventType: name });
    }
    const all = { datacenter: null, eventType: null };
    expect(readCauseKey(everywhereLate)).toEqual({ trouble: "late", ...all });
    expect(readCauseKey("tidemark/blind")).toEqual({ trouble: "blind", ...all });
  });
});

describe("the cause of an alert", () => {
  it("is the likeliest while nothing is known", () => {
    expect(chooseCause([late("sjc"), late("ash")], "EndSong", new Set())).toBe("datacenter/sjc/late");
  });

  it("is one that is open already and explains it", () => {
    expect(chooseCause([late("sjc"), late("ash")], "EndSong", new Set(["datacenter/ash/late"]))).toBe(
      "datacenter/ash/late",
    );
  });

  it("is never another kind of trouble in the same place", () => {
    const open = new Set(["datacenter/sjc/late"]);
    expect(chooseCause([{ trouble: "lost", datacenter: "sjc" }], "EndSong", open)).toBe("datacenter/sjc/lost");
  });

  it("is the type's own when no datacenter is behind", () => {
    expect(chooseCause([], "EndSong", new Set())).toBe("type/EndSong/unknown");
  });
});

describe("every datacenter at once", () => {
  const all = ["ash", "sjc", "lon"];
  const keys = all.map((datacenter) => causeKeyOf(late(datacenter), null));

  it("is what they share, from three on, and only when none is left out", () => {
    expect(isEverywhere(keys, all)).toBe(true);
    expect(isEverywhere(keys.slice(1), all)).toBe(false);
    expect(isEverywhere(keys.slice(0, 2), all.slice(0, 2))).toBe(false);
  });

  it("explains every delay while it is open, and no loss", () => {
    const open = new Set([everywhereLate]);
    expect(chooseCause([late("sjc")], "EndSong", open)).toBe(everywhereLate);
    expect(chooseCause([{ trouble: "lost", datacenter: "sjc" }], "EndSong", open)).toBe("datacenter/sjc/lost");
  });
});

describe("an explanation of hours", () => {
  const cause = (code: Cause["code"], datacenter: string | null) => ({ code, datacenter }) as Cause;

  it("names a cause only where it is the same trouble in the same place", () => {
    expect(explains(cause("publishing_stalled", "sjc"), "datacenter/sjc/late")).toBe(true);
    expect(explains(cause("deployment", "sjc"), "datacenter/sjc/late")).toBe(true);
    expect(explains(cause("publishing_stalled", "ash"), "datacenter/sjc/late")).toBe(false);
    expect(explains(cause("stage_loss", "sjc"), "datacenter/sjc/late")).toBe(false);
    expect(explains(cause("stage_loss", "sjc"), "datacenter/sjc/lost")).toBe(true);
    expect(explains(cause("telemetry_blind", null), "tidemark/blind")).toBe(true);
    expect(explains(cause("backlog", "sjc"), "tidemark/blind")).toBe(false);
  });
});

describe("an incident", () => {
  it("is as severe as its worst alert", () => {
    expect(worstSeverity(["info", "ticket"])).toBe("ticket");
    expect(worstSeverity(["ticket", "page", "info"])).toBe("page");
    expect(worstSeverity([])).toBe("info");
  });
});
