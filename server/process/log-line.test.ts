import { describe, expect, test } from "vitest";
import { formatLogLine } from "./log-line.ts";

const time = "2026-11-22T12:04:05.678Z";

describe("formatLogLine", () => {
  test("time, process, message and fields", () => {
    const line = JSON.stringify({
      severity: "INFO",
      time,
      pid: 7,
      hostname: "x",
      name: "ingest",
      batches: 3,
      message: "Took 12 events.",
    });
    expect(formatLogLine(line)).toBe("12:04:05 ingest     Took 12 events. batches=3");
  });

  test("a warning says so, and an error shows its trace", () => {
    const line = JSON.stringify({
      severity: "ERROR",
      time,
      name: "web",
      err: { stack: "Error: x\n    at y" },
      message: "It broke.",
    });
    expect(formatLogLine(line)).toBe("12:04:05 web        ERROR It broke.\n    Error: x\n        at y");
  });

  test.each(["plain text", "{not json", '{"severity":5}'])("leaves %j as it is", (line) => {
    expect(formatLogLine(line)).toBe(line);
  });
});
