import { afterAll, beforeAll, expect, test } from "vitest";
import { HourStory } from "#test/hour-story.ts";
import { rollUpAll } from "#test/slo.ts";

// EndSong, six hours of October 2026 that were not closed in time; its owner could be a bad joke.
const owner = `<b onclick="x">R&D</b>`;
let story: HourStory;

beforeAll(async () => {
  story = await HourStory.begin({
    now: "2026-10-05T00:30:00Z",
    activeFrom: "2026-10-05T01:00:00Z",
    activeTo: "2026-10-05T07:00:00Z",
  });
  await story.test.database.sql.query("UPDATE event_type SET owner = $1", [owner]);
  await story.at("2026-11-03T00:10:00Z");
  await rollUpAll(story);
});
afterAll(() => story.end());

const get = (query: string, headers: Record<string, string> = {}, token?: string | null) =>
  story.api.call("GET", `/api/v1/slo/digest${query}`, { headers, ...(token === undefined ? {} : { token }) });

test("last month's, where none is named, in JSON for whoever takes anything", async () => {
  const answer = await get("");
  expect(answer.headers.get("vary")).toContain("Accept");
  expect(await answer.json()).toMatchObject({
    month: "2026-10",
    subject: "Tidemark, October 2026: 0 % of high-tier hours on time, no objective set",
    standing: "1 event type. Frozen on 3 Nov 2026.",
    askedBy: null,
    owners: [{ name: owner, types: 1 }],
  });
});

test.each([
  ["", { accept: "text/html" }, "text/html"],
  ["", { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" }, "text/html"],
  ["", { accept: "text/plain, text/html;q=0.5" }, "text/plain"],
  ["", { accept: "application/json;q=0.5, text/plain;q=0.4" }, "application/json"],
  ["", { accept: "*/*" }, "application/json"],
  ["?format=text", { accept: "text/html" }, "text/plain"],
  ["?format=html", {}, "text/html"],
] as [string, Record<string, string>, string][])("%s with %j is %s", async (query, headers, type) => {
  const answer = await get(query, headers);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain(type);
});

test("the HTML is a page that can run nothing and fetch nothing, and links to the report", async () => {
  const answer = await get("?format=html&month=2026-10");
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  const html = await answer.text();
  expect(html).toContain("&lt;b onclick=&quot;x&quot;&gt;R&amp;D&lt;/b&gt;");
  expect(html).not.toContain("<b ");
  expect(html).toMatch(/<a href="http[^"]*\/service-levels\?month=2026-10"/);
});

test("narrowed to an owner, whatever it is called", async () => {
  const answer = await get(`?owner=${encodeURIComponent(owner)}&format=text`);
  expect(await answer.text()).toContain(`1 event type of owner ${owner}`);
});

test.each([
  ["?month=2026-13", 400],
  ["?format=pdf", 400],
  ["?tier=hihg", 404],
  ["?owner=nobody", 404],
])("%s is refused with %i", async (query, status) => {
  expect((await get(query)).status).toBe(status);
});
