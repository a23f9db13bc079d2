import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type HourStory, openingOf } from "#test/hour-story.ts";

let story: HourStory;
const badge = "/api/v1/event-types/EndSong/badge.svg";
const feed = (format: "json" | "atom") => `/api/v1/event-types/EndSong/feed.${format}`;

const nineComplete = openingOf({ now: "2026-11-22T10:30:00Z", activeFrom: "2026-11-22T09:00:00Z" }, async (lived) => {
  await lived.settle("2026-11-22T09");
  await lived.at("2026-11-22T10:31:00Z");
});
beforeEach(async () => {
  story = await nineComplete.begin();
});
afterEach(() => story.end());

const ask = (path: string, headers: Record<string, string> = {}) =>
  story.api.call("GET", path, { token: null, headers });

describe("the badge", () => {
  it("says what is so, to those who see it and those who hear it", async () => {
    const answer = await ask(badge);
    expect(answer.headers.get("content-type")).toBe("image/svg+xml; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("public, max-age=30");
    const svg = await answer.text();
    expect(svg).toContain("<title>EndSong: complete through 2026-11-22T09Z</title>");
    expect(svg).toContain('role="img" aria-label="EndSong: complete through 2026-11-22T09Z"');
  });

  it("keeps its ETag while nothing changed, and is 304 then", async () => {
    const etag = (await ask(badge)).headers.get("etag") ?? "";
    await story.at("2026-11-22T10:59:00Z");
    expect((await ask(badge, { "if-none-match": etag })).status).toBe(304);
    await story.at("2026-11-22T12:30:00Z");
    const changed = await ask(badge, { "if-none-match": etag });
    expect(changed.status).toBe(200);
    expect(await changed.text()).toContain("<title>EndSong: late, complete through 2026-11-22T09Z</title>");
  });

  it("of an unknown type is 404", async () => {
    expect((await ask("/api/v1/event-types/Nope/badge.svg")).status).toBe(404);
  });
});

describe("the feeds", () => {
  beforeEach(async () => {
    await story.at("2026-11-22T12:30:00Z");
    await story.settle("2026-11-22T10");
    await story.at("2026-11-22T12:45:00Z");
    await story.settle("2026-11-22T11", { lost: 10 });
    await story.at("2026-11-22T13:05:00Z");
    await story.count({ dc: "east", stage: "delivered", hour: "2026-11-22T11", events: 1000 });
    await story.at("2026-11-22T13:20:00Z");
  });

  it("list late, complete after late, incomplete and amended hours, the newest first, in both formats", async () => {
    const answer = await ask(feed("json"));
    expect(answer.headers.get("content-type")).toBe("application/feed+json; charset=utf-8");
    const json = (await answer.json()) as { version: string; items: { id: string; title: string; tags: string[] }[] };
    expect(json.version).toBe("https://jsonfeed.org/version/1.1");
    expect(json.items.map(({ title, tags }) => [title, ...tags])).toEqual([
      ["EndSong 2026-11-22T11 was amended: it is complete", "amended"],
      ["EndSong 2026-11-22T11 is incomplete", "incomplete"],
      ["EndSong 2026-11-22T10 is complete, 30 min after its deadline", "complete-after-late"],
      ["EndSong 2026-11-22T10 is late", "late"],
    ]);
    expect(new Set(json.items.map(({ id }) => id)).size).toBe(4);
    const atom = await (await ask(feed("atom"))).text();
    expect(atom.match(/<entry>/g)?.length).toBe(4);
    expect(atom).toContain("<![CDATA[EndSong 2026-11-22T11 was amended: it is complete]]>");
    for (const { id } of json.items) expect(atom).toContain(`<id>${id}</id>`);
    expect(atom).toContain('rel="self" href="http://localhost/api/v1/event-types/EndSong/feed.atom"');
    expect(atom).toContain("<name>Tidemark</name>");
  });

  it("stay the same to the byte while nothing happens", async () => {
    for (const format of ["json", "atom"] as const) {
      const etag = (await ask(feed(format))).headers.get("etag") ?? "";
      story.clock.set(new Date(story.clock.now().getTime() + 60_000));
      expect((await ask(feed(format), { "if-none-match": etag })).status).toBe(304);
    }
  });
});
