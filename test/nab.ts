import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { foldSeries, layOutSeries, type VolumeSeries } from "#domain/volume.ts";

// Labelled series of the Numenta Anomaly Benchmark (see test/fixtures/README.md).
export const nabFolder = join(import.meta.dirname, "fixtures/nab");
const hourMs = 3_600_000;

export interface LabelledSeries {
  name: string;
  /** By hours. */
  series: VolumeSeries;
  windows: readonly { fromMs: number; toMs: number }[];
}

/** Every `*.csv` and `*.csv.gz` of a folder with its windows from `windows.json`, if listed. */
export function readNab(folder = nabFolder): LabelledSeries[] {
  const labels = JSON.parse(readFileSync(join(folder, "windows.json"), "utf8")) as Record<string, [string, string][]>;
  const files = readdirSync(folder).filter((file) => /\.csv(\.gz)?$/.test(file));
  return files.sort().map((file) => {
    const name = file.replace(/\.gz$/, "");
    // NAB's own list of windows includes folders in file names.
    const labelled = Object.entries(labels).find(([path]) => path.split("/").at(-1) === name)?.[1] ?? [];
    return {
      name: name.replace(/\.csv$/, ""),
      series: readSeries(join(folder, file)),
      windows: labelled.map(([from, to]) => ({ fromMs: instantOf(from), toMs: instantOf(to) })),
    };
  });
}

function readSeries(path: string): VolumeSeries {
  const bytes = readFileSync(path);
  const [, ...lines] = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").trim().split(/\r?\n/);
  const points = lines.map((line) => {
    const [at = "", count = ""] = line.split(",");
    return { atMs: instantOf(at), count: Number(count) };
  });
  const stepMs = medianStep(points.map(({ atMs }) => atMs));
  const fromMs = Math.floor((points[0]?.atMs ?? 0) / stepMs) * stepMs;
  const steps = Math.floor(((points.at(-1)?.atMs ?? 0) - fromMs) / stepMs) + 1;
  const series = layOutSeries({ fromMs, stepMs, steps }, points);
  return stepMs < hourMs ? foldSeries(series, hourMs) : series;
}

function medianStep(instants: readonly number[]): number {
  const steps = instants.slice(1).map((atMs, at) => atMs - (instants[at] as number));
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? hourMs;
}

function instantOf(text: string): number {
  return Date.parse(`${text.trim().replace(" ", "T").slice(0, 19)}Z`);
}

export interface DropScore {
  /** Starts of pages inside windows, the first of each: hours from the window's start. */
  caught: { window: number; afterHours: number; beforeEndHours: number }[];
  /** Starts of pages outside all windows. */
  falsePagesMs: number[];
  months: number;
}

/** `dropping`: for each hour, whether a drop is active at its end. Its start is a page. */
export function scoreDrops({ series, windows }: LabelledSeries, dropping: readonly boolean[]): DropScore {
  const endMs = (index: number) => series.fromMs + (index + 1) * series.stepMs;
  const pages = dropping.flatMap((isOn, index) => (isOn && !dropping[index - 1] ? [endMs(index)] : []));
  const isIn = (atMs: number, window: { fromMs: number; toMs: number }) => atMs >= window.fromMs && atMs <= window.toMs;
  const caught = windows.flatMap((window, at) => {
    const first = pages.find((atMs) => isIn(atMs, window));
    if (first === undefined) return [];
    const [afterHours, beforeEndHours] = [(first - window.fromMs) / hourMs, (window.toMs - first) / hourMs];
    return [{ window: at, afterHours, beforeEndHours }];
  });
  const falsePagesMs = pages.filter((atMs) => !windows.some((window) => isIn(atMs, window)));
  return { caught, falsePagesMs, months: (series.counts.length * series.stepMs) / (30.4 * 24 * hourMs) };
}
