import type { Hour } from "#domain/hour.ts";
import type { Rhythm } from "./event-types.ts";

interface Shape {
  /** Relative volume of the local hours 0 to 23. */
  day: readonly number[];
  /** Saturdays and Sundays relative to working days. */
  weekend: number;
}

const shapes: Record<Rhythm, Shape> = {
  listening: wave({ peakHour: 19, depth: 0.85, secondPeakHour: 8, weekend: 1.12 }),
  daytime: wave({ peakHour: 15, depth: 0.95, secondPeakHour: 11, weekend: 0.72 }),
  nightly: wave({ peakHour: 3, depth: 0.8, secondPeakHour: 1, weekend: 0.55 }),
  machines: wave({ peakHour: 18, depth: 0.15, secondPeakHour: 9, weekend: 0.97 }),
};

/** The hour's volume relative to the week's mean, in local time. */
export function rhythmAt(rhythm: Rhythm, timeZone: string, hour: Hour): number {
  const local = localTime(timeZone, hour);
  const { day, weekend } = shapes[rhythm];
  const ofDay = day[local.hour] ?? 1;
  return (ofDay * (local.weekend ? weekend : 1)) / ((5 + 2 * weekend) / 7);
}

interface WaveTerms {
  peakHour: number;
  secondPeakHour: number;
  /** 0: flat, 1: silent at the trough. */
  depth: number;
  weekend: number;
}

function wave({ peakHour, secondPeakHour, depth, weekend }: WaveTerms): Shape {
  const raw = Array.from({ length: 24 }, (_, hour) => {
    const main = Math.cos(((hour - peakHour) / 12) * Math.PI);
    const second = Math.cos(((hour - secondPeakHour) / 6) * Math.PI);
    return Math.max(0.03, 1 + depth * (0.82 * main + 0.18 * second));
  });
  const mean = raw.reduce((sum, value) => sum + value, 0) / raw.length;
  return { day: raw.map((value) => value / mean), weekend };
}

const formats = new Map<string, Intl.DateTimeFormat>();
const localTimes = new Map<string, { hour: number; weekend: boolean }>();

function localTime(timeZone: string, hour: Hour): { hour: number; weekend: boolean } {
  const key = `${timeZone}/${hour.getTime()}`;
  const known = localTimes.get(key);
  if (known) return known;
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", weekday: "short", hourCycle: "h23" });
    formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(hour).map((part) => [part.type, part.value]));
  const weekday = parts.get("weekday");
  const local = { hour: Number(parts.get("hour")), weekend: weekday === "Sat" || weekday === "Sun" };
  // The formatter is slow and every type asks for the same hours.
  if (localTimes.size > 10_000) localTimes.clear();
  localTimes.set(key, local);
  return local;
}
