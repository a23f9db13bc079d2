import { describe, expect, test } from "vitest";
import { formatLogLine } from "./log-line.ts";

const time = Date.UTC(2026, 10, 22, 12, 4, 5);

describe("formatLogLine", () => {
  test("time, process, message and fields", () => {
    const line = JSON.stringify({
      level: 30,
      time,
      pid: 7,
      hostname: "x",
      name: "ingest",
      batches: 3,
      msg: "Took 12 events.",
    });
    expect(formatLogLine(line)).toBe("12:04:05 ingest     Took 12 events. batches=3");
  });

  test("a warning says so, and an error shows its trace", () => {
    const line = JSON.stringify({
      level: 50,
      time,
      name: "web",
      err: { stack: "Error: x\n    at y" },
      msg: "It broke.",
    });
    expect(formatLogLine(line)).toBe("12:04:05 web        ERROR It broke.\n    Error: x\n        at y");
  });

  test.each(["plain text", "{not json", '{"level":"info"}'])("leaves %j as it is", (line) => {
    expect(formatLogLine(line)).toBe(line);
  });
});
