import { expect, test } from "vitest";
import { directorySentence, narrowConsumers, shownText } from "./directory-words.ts";

const consumer = (eventType: string, name: string, contact = "#them") => ({
  eventType,
  name,
  contact,
  description: null,
});
const quiet = { failed: 0, lastMessage: null };
const at = "2026-11-22T14:00:00Z";
const taken = { queuedAt: at, attempts: 1, deliveredAt: at, gaveUpAt: null, lastError: null };
const well = { failed: 0, lastMessage: { event: "complete" as const, hour: "2026-11-22T13", day: null, ...taken } };

test.each([
  [1, [], "1 consumer depends on 1 event type. No webhook notifies them: they poll the gate."],
  [2, [quiet], "2 consumers depend on 1 event type. 1 webhook notifies them; no messages sent yet."],
  [2, [quiet, well], "2 consumers depend on 1 event type. 2 webhooks notify them; every message was delivered."],
  [2, [quiet, { ...well, failed: 2 }], "2 consumers depend on 1 event type. 2 webhooks notify them; 1 is failing."],
])("%i consumers, %j", (count, webhooks, sentence) => {
  const consumers = Array.from({ length: count }, (_, index) => consumer("EndSong", `job-${index}`));
  expect(directorySentence(consumers, webhooks)).toBe(sentence);
});

test("every word is looked for, also in the addresses of webhooks", () => {
  const all = [consumer("EndSong", "plays", "#plays"), consumer("EndSong", "royalties"), consumer("Skip", "plays")];
  const webhooks = [{ eventType: "Skip", consumer: "plays", url: "https://hooks.example.com/x" }];
  const names = (filter: string) =>
    narrowConsumers(all, webhooks, filter).map(({ eventType, name }) => `${eventType} ${name}`);
  expect(names("")).toHaveLength(3);
  expect(names(" PLAYS ")).toEqual(["EndSong plays", "Skip plays"]);
  expect(names("plays endsong")).toEqual(["EndSong plays"]);
  expect(names("hooks.example")).toEqual(["Skip plays"]);
  expect(names("nobody")).toEqual([]);
});

test.each([
  [{ drawn: 40, matching: 40, all: 40, hasMore: false }, "40 consumers"],
  [{ drawn: 1, matching: 1, all: 40, hasMore: false }, "1 of 40 consumers"],
  [
    { drawn: 300, matching: 1_200, all: 1_500, hasMore: false },
    "1,200 of 1,500 consumers, the first 300 shown. Filter to find others.",
  ],
  [{ drawn: 200, matching: 200, all: 200, hasMore: true }, "The first 200 consumers; more are loading."],
])("%j", (counts, text) => {
  expect(shownText(counts)).toBe(text);
});
