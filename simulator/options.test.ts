import { describe, expect, it } from "vitest";
import { readOptions } from "./options.ts";

const needed = ["--url", "http://localhost:3000/", "--token", "tm_x"];

describe("options", () => {
  it("have the demo's defaults", () => {
    expect(readOptions(needed)).toEqual({
      url: "http://localhost:3000",
      token: "tm_x",
      pubsub: null,
      emulator: null,
      topic: "tidemark-events",
      monitoring: null,
      historyDays: 14,
      seed: 1,
      types: 40,
      live: false,
      until: null,
      truth: null,
      calm: false,
    });
  });

  it("read what is given", () => {
    const given = ["--live", "--types", "12", "--until", "2026-11-22T13:00:00Z", "--pubsub", "p", "--emulator", "h:1"];
    expect(readOptions([...needed, ...given])).toMatchObject({
      live: true,
      types: 12,
      until: new Date("2026-11-22T13:00:00Z"),
      pubsub: "p",
      emulator: "h:1",
    });
  });

  it.each([
    [[], "--url must be"],
    [["--url", "http://x"], "--token must be"],
    [[...needed, "--types", "0"], "--types must be a whole number from 1 to 2000"],
    [[...needed, "--history-days", "1.5"], '--history-days must be a whole number from 0 to 400, not "1.5"'],
    [[...needed, "--until", "yesterday"], '--until must be an instant like 2026-11-22T13:00:00Z, not "yesterday"'],
    [[...needed, "--emulator", "h:1"], "--emulator needs --pubsub"],
    [[...needed, "--tyops", "3"], "--tyops"],
  ])("%j are refused with a sentence", (argv, sentence) => {
    expect(() => readOptions(argv)).toThrow(sentence);
  });
});
