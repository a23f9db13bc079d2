import { expect, test } from "vitest";
import { readDayPhrase, readHourPhrase } from "./hour-phrase.ts";

const now = new Date("2026-11-22T13:20:00Z"); // a Sunday
const cases: [phrase: string, hour: string, rest: string][] = [
  ["EndSong 13:00 yesterday", "2026-11-21T13", "EndSong"],
  ["EndSong 13:00", "2026-11-22T13", "EndSong"],
  ["EndSong 14:00", "2026-11-21T14", "EndSong"],
  ["yesterday 7h ads", "2026-11-21T07", "ads"],
  ["3pm friday", "2026-11-20T15", ""],
  ["12am today", "2026-11-22T00", ""],
  ["12 pm sun", "2026-11-22T12", ""],
  ["EndSong 22 nov 07:00", "2026-11-22T07", "EndSong"],
  ["December 24 20:00 EndSong", "2025-12-24T20", "EndSong"],
  ["2026-11-20 03:00", "2026-11-20T03", ""],
  ["EndSong 2026-11-20T03", "2026-11-20T03", "EndSong"],
  ["2026-11-20T03:00:00Z EndSong", "2026-11-20T03", "EndSong"],
  ["last hour of EndSong", "2026-11-22T12", "of EndSong"],
  ["3 days ago 05:00", "2026-11-19T05", ""],
];

test.each(cases)("%s", (phrase, hour, rest) => {
  expect(readHourPhrase(phrase, now)).toEqual({ hour, rest });
});

test.each(["EndSong", "yesterday", "25:00", "13 pm", "Top40h", "2026-13-40T99", "31:00 feb 31"])(
  "%s speaks of no hour",
  (phrase) => {
    expect(readHourPhrase(phrase, now)).toBeNull();
  },
);

test.each([
  ["EndSong yesterday", "2026-11-21T00", "2026-11-22T00", "EndSong"],
  ["2026-10-31 ads", "2026-10-31T00", "2026-11-01T00", "ads"],
  ["friday", "2026-11-20T00", "2026-11-21T00", ""],
])("%s is a day without an hour", (phrase, from, to, rest) => {
  expect(readDayPhrase(phrase, now)).toEqual({ from, to, rest });
});

test.each(["EndSong", "2026-02-31 EndSong", "monthly"])("%s names no day", (phrase) => {
  expect(readDayPhrase(phrase, now)).toBeNull();
});
