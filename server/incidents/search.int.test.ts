import { afterEach, beforeEach, expect, it } from "vitest";
import type { IncidentSummaryJson } from "#domain/api/alerts.ts";
import { AlertStory } from "#test/alert-story.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";

let story: HourStory;
let ids: { sjc: string; ams: string; odd: string };

const opening = openingOf({ now: "2026-11-22T09:00:00Z", activeFrom: "2026-11-22T09:00:00Z" });
beforeEach(async () => {
  story = await opening.begin();
  const alerts = new AlertStory(story.test.database, story.clock);
  const [sjc, ams, odd] = [
    await alerts.incident("datacenter/sjc/late"),
    await alerts.incident("datacenter/ams/lost"),
    await alerts.incident("datacenter/100%_odd/late"),
  ];
  ids = { sjc: String(sjc), ams: String(ams), odd: String(odd) };
  await story.test.database.sql.query(
    `UPDATE incident SET state = 'resolved', resolved_at = $2, resolved_by = 'mira', severity = 'ticket',
            situation = jsonb_set(situation, '{extent,datacenters}', '["ams", "lon"]') WHERE id = $1`,
    [ams, story.clock.now()],
  );
  await story.test.database.sql.query(
    `INSERT INTO incident_hour (incident_id, event_type_id, hour, added_at)
     SELECT $1, id, '2026-11-22T08:00Z', $2 FROM event_type WHERE name = 'EndSong'`,
    [sjc, story.clock.now()],
  );
});
afterEach(() => story.end());

const find = async (search: string): Promise<string[]> => {
  const { status, body } = await story.get(`/incidents?${search}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.items.map(({ id }: IncidentSummaryJson) => id);
};

it("words are found in title, cause, datacenters, event types and notes, in any case and any part", async () => {
  await story.api.call("POST", `/api/v1/incidents/${ids.ams}/note`, { body: { note: "It was the Disk of host-7." } });
  expect(await find("q=SJC")).toEqual([ids.sjc]);
  expect(await find("q=ndson")).toEqual([ids.sjc]);
  expect(await find("q=disk")).toEqual([ids.ams]);
  expect(await find("q=lon")).toEqual([ids.ams]);
  expect(await find("q=disk%20lon")).toEqual([ids.ams]);
  expect(await find("q=disk%20sjc")).toEqual([]);
  expect(await find("q=disk&state=open")).toEqual([]);
  expect(await find("q=disk&severity=ticket&datacenter=lon&from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z")).toEqual(
    [ids.ams],
  );
});

it("signs of a pattern are what they are", async () => {
  expect(await find("q=100%25_odd")).toEqual([ids.odd]);
  expect(await find("q=%25")).toEqual([ids.odd]);
  expect(await find("q=s_c")).toEqual([]);
  expect(await find("q=%5C")).toEqual([]);
  expect(await find(`q=${encodeURIComponent("'; DROP TABLE incident; --")}`)).toEqual([]);
});

it("a search is paged by its cursor", async () => {
  const first = (await story.get("/incidents?q=silent&limit=2")).body;
  expect(first.items).toHaveLength(2);
  const second = (await story.get(`/incidents?q=silent&limit=2&cursor=${first.nextCursor}`)).body;
  expect(second.items).toHaveLength(1);
  expect(second.nextCursor).toBeNull();
});

it.each(["q=", "q=%20", `q=${"x".repeat(201)}`])("%s is refused", async (search) => {
  expect((await story.get(`/incidents?${search}`)).status).toBe(400);
});

it("an incident is exported as Markdown, escaped, with its file's name", async () => {
  await story.api.call("POST", `/api/v1/incidents/${ids.sjc}/note`, { body: { note: "<b>Down</b>\n# again" } });
  const answer = await story.api.call("GET", `/api/v1/incidents/${ids.sjc}/postmortem.md`);
  expect(answer.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toContain(`incident-${ids.sjc}-post-mortem.md`);
  const written = await answer.text();
  const { body } = await story.get(`/incidents/${ids.sjc}`);
  expect(written).toContain(`# ${body.title}`);
  expect(written).toContain("> &lt;b&gt;Down&lt;/b&gt;  \n> \\# again");
  expect((await story.get("/incidents/999999/postmortem.md")).status).toBe(404);
});
