import { describe, expect, test } from "vitest";
import { openApi } from "./call-api.ts";
import { readWaitQuestion } from "./wait-question.ts";

describe("what tidemark wait asks", () => {
  test.each([
    ["EndSong", "2026-11-22T13", null, "/event-types/EndSong/hours/2026-11-22T13/ready?wait=0"],
    ["A b/c", "2026-11-22T13Z", null, "/event-types/A%20b%2Fc/hours/2026-11-22T13Z/ready?wait=0"],
    ["EndSong", "2026-11-27", null, "/ready?eventTypes=EndSong&day=2026-11-27&wait=0"],
    [
      "EndSong,AdClick",
      "2026-11-27",
      "Europe/Stockholm",
      "/ready?eventTypes=EndSong%2CAdClick&day=2026-11-27&zone=Europe%2FStockholm&wait=0",
    ],
    [
      "EndSong",
      "2026-11-22T00..2026-11-23T00",
      null,
      "/ready?eventTypes=EndSong&from=2026-11-22T00&to=2026-11-23T00&wait=0",
    ],
    [
      "EndSong,AdClick",
      "2026-11-22T23:00Z",
      null,
      "/ready?eventTypes=EndSong%2CAdClick&from=2026-11-22T23%3A00Z&to=2026-11-23T00&wait=0",
    ],
  ])("%s %s in %s → %s", async (types, when, zone, path) => {
    let asked = "";
    const api = openApi({ url: "http://tidemark.example", token: "tm_x" }, async (request) => {
      asked = request.url;
      return Response.json({ accepted: [] });
    });
    await readWaitQuestion(types, when, zone).ask(api, { wait: "0" });
    expect(asked).toBe(`http://tidemark.example/api/v1${path}`);
  });

  test("a zone without a day is refused", () => {
    expect(() => readWaitQuestion("EndSong", "2026-11-22T13", "Europe/Stockholm")).toThrow("--zone needs a day");
  });
});
