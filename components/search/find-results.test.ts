import { expect, test } from "vitest";
import { findResults, type SearchIndex, scoreOf } from "./find-results.ts";

const now = new Date("2026-11-22T13:20:00Z");
const index: SearchIndex = {
  types: [
    { name: "SongSkipped", owner: "playback", tier: "low" },
    { name: "EndSong", owner: "payments", tier: "high" },
    { name: "PodcastPing", owner: null, tier: null },
  ],
  datacenters: [{ name: "lon", displayName: "London" }],
  incidents: [{ id: "7", title: "sjc is silent", state: "open" }],
  alerts: [
    { fingerprint: "c0ffee", summary: "sjc is mute", rule: "dc-quiet", state: "firing", incidentId: "7" },
    { fingerprint: "beef", summary: "EndSong is late", rule: "deadline-near", state: "pending", incidentId: null },
  ],
  pages: [{ href: "/status", name: "Status" }],
  actions: [{ name: "New alert rule", detail: "with a backtest on past hours", act: "/alerts/new-rule" }],
};
const labels = (text: string) => findResults(index, text, now).map(({ label }) => label);

test("a type by its beginning, by a word within, by its initials", () => {
  expect(labels("ends")).toEqual(["EndSong", "EndSong is late"]);
  expect(labels("song")).toEqual(["SongSkipped", "EndSong", "EndSong is late"]);
  expect(labels("es")[0]).toBe("EndSong");
});
test("an hour that is spoken of, of every type that fits", () => {
  expect(findResults(index, "EndSong 13:00 yesterday", now)).toEqual([
    { kind: "hour", act: "/event-types/EndSong/hours/2026-11-21T13", label: "EndSong 2026-11-21T13", detail: "hour" },
  ]);
  expect(labels("13:00")).toHaveLength(3);
});
test("a day without an hour leads to that day of every type that fits", () => {
  expect(findResults(index, "EndSong yesterday", now)).toEqual([
    {
      kind: "day",
      act: "/event-types/EndSong?from=2026-11-21T00&to=2026-11-22T00",
      label: "EndSong 2026-11-21",
      detail: "24 hours",
    },
  ]);
  expect(labels("2026-11-20")).toEqual(["EndSong 2026-11-20", "PodcastPing 2026-11-20", "SongSkipped 2026-11-20"]);
});
test("a datacenter by the name people give it, an incident by what it says, a page by its name", () => {
  expect(findResults(index, "london", now)).toMatchObject([{ kind: "datacenter", act: "/datacenters/lon" }]);
  expect(findResults(index, "silent", now)).toMatchObject([{ kind: "incident", label: "sjc is silent" }]);
  expect(findResults(index, "stat", now)).toMatchObject([{ kind: "page", act: "/status" }]);
});
test("an alert by what it says or its rule, where it stands among its incident's", () => {
  expect(findResults(index, "mute", now)).toEqual([
    {
      kind: "alert",
      act: "/alerts/incidents/7#alert-c0ffee",
      label: "sjc is mute",
      detail: "dc-quiet, firing",
    },
  ]);
  expect(findResults(index, "deadline-near", now)).toMatchObject([{ act: "/alerts#alert-beef" }]);
});
test("an action by its name, a silence by its subject", () => {
  expect(findResults(index, "new rule", now)).toMatchObject([{ kind: "action", act: "/alerts/new-rule" }]);
  expect(findResults(index, "silence ends", now)).toEqual([
    {
      kind: "action",
      act: "/alerts/silences?matchers=eventType%3D%22EndSong%22",
      label: "Silence EndSong",
      detail: "with a reason and an end time",
    },
  ]);
});
test("a silence of a datacenter, by either of its names", () => {
  const silence = { kind: "action", act: "/alerts/silences?matchers=datacenter%3D%22lon%22", label: "Silence lon" };
  expect(findResults(index, "silence lon", now)).toMatchObject([silence]);
  expect(findResults(index, "silence london", now)).toMatchObject([silence]);
});
test("an unclaimed type says so; nothing fits nothing", () => {
  expect(findResults(index, "podcast", now)).toMatchObject([{ detail: "discovered, not claimed" }]);
  expect(labels("zzz")).toEqual([]);
});
test("scores fall from the name itself to words anywhere", () => {
  const scores = ["endsong", "end", "song", "es", "dso", "song end"].map((words) => scoreOf("EndSong", words));
  expect(scores).toEqual([6, 5, 4, 3, 2, 1]);
});
