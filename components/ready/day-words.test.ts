import { describe, expect, test } from "vitest";
import { countReady, dayCommands, hourLabels, stepDay } from "./day-words.ts";

describe("the words of a day", () => {
  test("a step goes over months and years, and leaves an invalid day", () => {
    expect([stepDay("2026-11-30", 1), stepDay("2027-01-01", -1), stepDay("soon", 1)]).toEqual([
      "2026-12-01",
      "2026-12-31",
      "soon",
    ]);
  });

  test("hours are labelled by the zone's clock, also when it is put back and in half-hour zones", () => {
    const long = hourLabels("2026-10-24T22", "2026-10-25T23", "Europe/Stockholm");
    expect(long).toHaveLength(25);
    expect(long.slice(0, 5)).toEqual(["00", "01", "02", "02", "03"]);
    expect(hourLabels("2026-11-26T18", "2026-11-26T20", "Asia/Kolkata")).toEqual(["23:30", "00:30"]);
    expect(hourLabels("x", "y", "UTC")).toEqual([]);
  });

  test("commands quote what a shell would read otherwise", () => {
    const [gate, shell, curl] = dayCommands("https://t.example", {
      eventTypes: "EndSong,Ad Click",
      day: "2026-11-27",
      zone: "Europe/Stockholm",
    });
    expect(gate?.text).toBe(
      "https://t.example/api/v1/ready?eventTypes=EndSong%2CAd+Click&day=2026-11-27&zone=Europe%2FStockholm",
    );
    expect(shell?.text).toBe(
      "TIDEMARK_URL=https://t.example npx tidemark wait 'EndSong,Ad Click' 2026-11-27 --zone Europe/Stockholm --timeout 12h",
    );
    expect(curl?.text).toContain("&wait=60'");
  });

  test("counts are of the hours in which the type is active", () => {
    expect(countReady([{ ready: true }, { ready: false }, null])).toBe("1 of 2");
  });
});
