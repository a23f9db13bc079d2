// npm run bench:volume [-- FOLDER]
// How well the volume baseline detects drops: on labelled series (a folder of NAB's CSV files with their windows.json; the four of
// test/fixtures/nab by default), and on synthetic fleets with known drops, each beside "less than half of last week".
import { resolve } from "node:path";
import { judgeVolume, type VolumeSeries } from "#domain/volume.ts";
import { nabFolder, readNab, scoreDrops } from "#test/nab.ts";
import { describeMachine, formatTable } from "./machine.ts";
import { scoreMadeUpVolumes } from "./volume-made-up.ts";

const folder = process.argv[2] ? resolve(process.argv[2]) : nabFolder;
const weekHours = 168;

/** For each hour, whether a page is active at its end. */
export type DropRule = (series: VolumeSeries) => boolean[];

export const dropRules: Record<string, DropRule> = {
  Tidemark: (series) => judgeVolume(series).map(({ state }) => state === "drop"),
  "an hour under half of last week's": (series) =>
    Array.from(series.counts, (_, at) => shareOfLastWeek(series, at, 1) < 0.5),
  "three hours under half of last week's": (series) =>
    Array.from(series.counts, (_, at) => shareOfLastWeek(series, at, 3) < 0.5),
};

/** The last hours' counts as a share of those a week earlier. */
function shareOfLastWeek({ counts }: VolumeSeries, index: number, hours: number): number {
  let [now, then] = [0, 0];
  for (let at = index; at > index - hours; at--) {
    now += counts[at] ?? Number.NaN;
    then += counts[at - weekHours] ?? Number.NaN;
  }
  return then > 0 ? now / then : 1;
}

function scoreLabelled(): string {
  const rows = readNab(folder).flatMap((labelled) =>
    Object.entries(dropRules).map(([name, rule]) => {
      const { caught, falsePagesMs, months } = scoreDrops(labelled, rule(labelled.series));
      const hours = (list: number[]) => (list.length === 0 ? "–" : list.map((each) => each.toFixed(0)).join(", "));
      return [
        labelled.name,
        name,
        `${caught.length} of ${labelled.windows.length}${caught.length > 0 ? ` (${caught.map(({ window }) => window + 1).join(", ")})` : ""}`,
        hours(caught.map(({ afterHours }) => afterHours)),
        hours(caught.map(({ beforeEndHours }) => beforeEndHours)),
        falsePagesMs.length,
        (falsePagesMs.length / months).toFixed(2),
      ];
    }),
  );
  const columns = [
    "series",
    "rule",
    "windows paged",
    "hours after its start",
    "hours before its end",
    "pages outside",
    "a month",
  ];
  return [
    "### Labelled series",
    "",
    "Labels are of rises too, which no rule for drops should page.",
    "",
    formatTable(columns, rows),
  ].join("\n");
}

process.stdout.write(`${describeMachine()}\n\n${scoreLabelled()}\n`);
if (folder === nabFolder) process.stdout.write(`\n${scoreMadeUpVolumes(dropRules)}\n`);
