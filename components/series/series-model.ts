/** Lags over time, and of an incident what else was counted. */
export interface Series {
  stepSeconds: number;
  datacenters: string[];
  points: {
    at: string;
    /** By the datacenter’s place. */
    lagSeconds: (number | null)[];
    firing?: number;
    waiting?: number | null;
  }[];
}

/** More lines than these cannot be distinguished: the rest is in the table. */
const mostLines = 6;
const inks = [
  "var(--state-late)",
  "var(--tm-link)",
  "var(--state-overcounted)",
  "var(--state-incomplete)",
  "var(--state-complete)",
  "var(--tm-muted)",
];
const dashes = ["", "6 3", "2 3", "8 3 2 3", "12 3", "4 4"];

export interface SeriesLine {
  /** The datacenter’s place in `lagSeconds`. */
  index: number;
  datacenter: string;
  ink: string;
  dash: string;
}

export interface SeriesPoint {
  ms: number;
  /** null: unknown. Absent: this chart has none. */
  firing?: number | null | undefined;
  waiting?: number | null | undefined;
  /** By the datacenter’s place. */
  lags: (number | null)[];
}

/** The lines to draw: of the datacenters that were furthest behind. Each has its own ink and its own dashes. */
export function linesOf({ datacenters, points }: Series): SeriesLine[] {
  return datacenters
    .map((datacenter, index) => ({
      datacenter,
      index,
      worst: points.reduce((most, { lagSeconds }) => Math.max(most, lagSeconds[index] ?? 0), 0),
    }))
    .sort((a, b) => b.worst - a.worst)
    .slice(0, mostLines)
    .map(({ datacenter, index }, at) => ({ datacenter, index, ink: inks[at] ?? "", dash: dashes[at] ?? "" }));
}

/** Points by time. Where minutes are missing a point without figures ends the line: what is unknown is not drawn. */
export function pointsOf({ points, stepSeconds, datacenters }: Series): SeriesPoint[] {
  const drawn: SeriesPoint[] = [];
  const gapMs = stepSeconds * 1_000 * 3;
  for (const { at, firing, waiting, lagSeconds } of points) {
    const ms = Date.parse(at);
    const last = drawn.at(-1);
    if (last && ms - last.ms > gapMs)
      drawn.push({
        ms: last.ms + 1,
        firing: firing === undefined ? undefined : null,
        waiting: waiting === undefined ? undefined : null,
        lags: datacenters.map(() => null),
      });
    drawn.push({ ms, firing, waiting, lags: lagSeconds });
  }
  return drawn;
}

/** Round instants along the axis: at most `most`, on whole steps of 1, 2, 5, 10, 15 or 30 minutes, or of hours. */
export function ticksOf(fromMs: number, toMs: number, most: number): number[] {
  const minutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080, 40_320];
  const step = (minutes.find((each) => (toMs - fromMs) / 60_000 / each <= most) ?? 40_320) * 60_000;
  const first = Math.ceil(fromMs / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((toMs - first) / step) + 1) }, (_, at) => first + at * step);
}

/** Round lags in seconds from 0 to at least the longest: at most four steps of whole minutes, hours or days. */
export function lagTicksOf(points: readonly SeriesPoint[]): number[] {
  const longest = points.reduce((most, { lags }) => Math.max(most, ...lags.map((lag) => lag ?? 0)), 60);
  const minutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080];
  const step = (minutes.find((each) => longest / 60 / each <= 4) ?? 40_320) * 60;
  return Array.from({ length: Math.ceil(longest / step) + 1 }, (_, at) => at * step);
}

/** When all that waits is expected to be closed. */
export interface Recovery {
  p50Ms: number;
  p90Ms: number;
}

/** A situation's recovery as far as it is ahead; null: none is expected, or its p90 has passed. */
export function recoveryAhead(recovery: { p50At: string; p90At: string } | null, nowMs: number): Recovery | null {
  if (recovery === null) return null;
  const [p50Ms, p90Ms] = [Date.parse(recovery.p50At), Date.parse(recovery.p90At)];
  return p90Ms > nowMs ? { p50Ms, p90Ms } : null;
}

/** Where the axis ends: with what was chosen, else with the expected recovery. */
export function axisEnd({ toMs, chosenTo, recovery }: AxisEnd): number {
  return chosenTo === null ? Math.max(toMs, recovery?.p90Ms ?? 0) : Math.max(toMs, Date.parse(chosenTo));
}

interface AxisEnd {
  /** The newest that could have been sampled. */
  toMs: number;
  chosenTo: string | null;
  recovery: Recovery | null;
}

/** Where a pointer is on the axis, kept within it. */
export function instantUnder(x: number, { left, width, fromMs, toMs }: Axis): number {
  const share = Math.min(1, Math.max(0, (x - left) / width));
  return fromMs + share * (toMs - fromMs);
}

interface Axis {
  /** Of the plot, in pixels. */
  left: number;
  width: number;
  fromMs: number;
  toMs: number;
}
