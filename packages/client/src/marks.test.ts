import { expect, test } from "vitest";
import { Marks } from "./marks.ts";

const instant = (time: string) => new Date(`2026-11-22T${time}:00Z`);
const ms = (time: string) => instant(time).getTime();
const none = new Map<string, string>();
const open = () => new Marks({ steps: [], refusedHours: [] });

function sayings(marks: Marks, untaken: ReadonlyMap<string, string> = none) {
  return marks.due().map((step) => {
    const saying = marks.sayingOf(step, untaken);
    marks.said(saying);
    return {
      at: new Date(step.observedAtMs).toISOString().slice(11, 16),
      watermark: saying.watermarkMs === null ? null : new Date(saying.watermarkMs).toISOString().slice(11, 16),
      hours: saying.hours.map((hour) => hour.slice(11)),
      keptOpen: saying.keptOpen?.slice(11) ?? null,
    };
  });
}

test("a watermark never goes back, and is said once", () => {
  const marks = open();
  marks.advance("EndSong", instant("14:00"));
  marks.advance("EndSong", instant("12:00"));
  marks.observe(ms("14:05"));
  expect(sayings(marks)).toEqual([{ at: "14:05", watermark: "14:00", hours: [], keptOpen: null }]);
  marks.advance("EndSong", instant("13:00"));
  marks.observe(ms("14:06"));
  expect(sayings(marks)).toEqual([]);
});

test("hours that closed while Tidemark was away keep the time at which they did", () => {
  const marks = open();
  for (const [watermark, now] of [
    ["13:58", "14:00"],
    ["14:01", "14:03"],
    ["14:30", "14:32"],
    ["14:59", "15:01"],
    ["15:00", "15:02"],
  ] as const) {
    marks.advance("EndSong", instant(watermark));
    marks.observe(ms(now));
  }
  expect(sayings(marks).map(({ at, watermark }) => `${watermark} at ${at}`)).toEqual([
    "13:58 at 14:00",
    "14:01 at 14:03",
    "14:59 at 15:01",
    "15:00 at 15:02",
  ]);
});

test("an hour with refused counts stays open: the watermark stops before it, later hours are closed one by one", () => {
  const marks = open();
  marks.advance("EndSong", instant("12:00"));
  marks.observe(ms("12:05"));
  sayings(marks);
  marks.keepOpen("EndSong", "2026-11-22T13");
  marks.advance("EndSong", instant("16:10"));
  marks.observe(ms("16:15"));
  expect(sayings(marks)).toEqual([{ at: "16:15", watermark: "13:00", hours: ["14", "15"], keptOpen: "13" }]);
  marks.advance("EndSong", instant("17:00"));
  marks.observe(ms("17:05"));
  expect(sayings(marks)).toEqual([{ at: "17:05", watermark: null, hours: ["16"], keptOpen: null }]);
});

test("an hour that a watermark has closed holds nothing up, and other types go on", () => {
  const marks = open();
  marks.advance("EndSong", instant("14:00"));
  marks.observe(ms("14:05"));
  sayings(marks);
  marks.keepOpen("EndSong", "2026-11-22T13");
  marks.keepOpen("AdClick", "2026-11-22T14");
  marks.advance("EndSong", instant("15:00"));
  marks.observe(ms("15:05"));
  expect(sayings(marks)).toMatchObject([{ watermark: "15:00", keptOpen: null }]);
});

test("while a count is not taken the watermark waits, and says the rest later under the same time", () => {
  const marks = open();
  marks.advance("EndSong", instant("14:00"));
  marks.observe(ms("14:05"));
  expect(sayings(marks, new Map([["EndSong", "2026-11-22T13"]]))).toMatchObject([
    { watermark: "13:00", keptOpen: null },
  ]);
  marks.observe(ms("14:20"));
  expect(sayings(marks)).toMatchObject([{ at: "14:05", watermark: "14:00" }]);
});

test("a clock that was set back: a mark waits for its time, and none carries a time ahead", () => {
  const marks = open();
  marks.advance("EndSong", instant("14:00"));
  marks.observe(ms("14:05"));
  marks.advance("EndSong", instant("15:00"));
  marks.observe(ms("13:55"));
  expect(sayings(marks)).toEqual([{ at: "13:55", watermark: "14:00", hours: [], keptOpen: null }]);
  marks.observe(ms("15:01"));
  expect(sayings(marks)).toMatchObject([{ at: "15:01", watermark: "15:00" }]);
});

test("what is kept goes on after a restart", () => {
  const marks = open();
  marks.keepOpen("EndSong", "2026-11-22T13");
  marks.advance("EndSong", instant("15:00"));
  marks.observe(ms("15:05"));
  const next = new Marks(JSON.parse(JSON.stringify(marks.keep())));
  next.observe(ms("15:30"));
  expect(sayings(next)).toEqual([{ at: "15:05", watermark: "13:00", hours: ["14"], keptOpen: "13" }]);
});
