import { addHours } from "#domain/hour.ts";
import { type Days, type Layout, xOf } from "#domain/matrix.ts";

export interface Tick {
  key: string;
  /** In pixels from the left edge of the cells; may be negative for a partly visible day. */
  x: number;
  label: string;
}

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const dayLabelPx = 52;
const hourLabelPx = 26;

/** As many days at the upper edge as fit; with the month on the first of it and on the first label. */
export function dayTicks(layout: Layout, days: Days, from: Date, widthPx: number): Tick[] {
  const ticks: Tick[] = [];
  let roomFrom = Number.NEGATIVE_INFINITY;
  for (let day = 0; day < days.count; day += 1) {
    const start = days.starts[day] ?? 0;
    const left = xOf(layout, start);
    const right = xOf(layout, days.starts[day + 1] ?? start);
    if (right <= 8 || left >= widthPx - 40) continue;
    // The day that begins before the left edge is labelled at the edge, if its name fits.
    const x = Math.max(0, left);
    if (x < roomFrom || (left < 0 && right < dayLabelPx)) continue;
    const date = addHours(from, start);
    const isFirst = ticks.length === 0 || date.getUTCDate() === 1;
    const label = `${weekdays[date.getUTCDay()]} ${date.getUTCDate()}${isFirst ? ` ${months[date.getUTCMonth()]}` : ""}`;
    ticks.push({ key: date.toISOString().slice(0, 10), x, label });
    roomFrom = x + dayLabelPx + (isFirst ? 24 : 0);
  }
  return ticks;
}

/** Hours of the day under them, once at least every sixth fits. Folded days have none. */
export function hourTicks(layout: Layout, days: Days, from: Date, widthPx: number): Tick[] {
  if (layout.bars) return [];
  const every = [1, 2, 3, 6, 12].find((hours) => hours * layout.columnPx >= hourLabelPx);
  if (!every) return [];
  const ticks: Tick[] = [];
  for (let day = 0; day < days.count; day += 1) {
    const [start, end] = [days.starts[day] ?? 0, days.starts[day + 1] ?? 0];
    if (xOf(layout, end) - xOf(layout, start) < (end - start) * layout.columnPx - 1) continue;
    for (let hour = start; hour < end; hour += 1) {
      const x = xOf(layout, hour);
      const ofDay = (from.getUTCHours() + hour) % 24;
      if (ofDay % every !== 0 || x < 0 || x > widthPx - 14) continue;
      ticks.push({ key: String(hour), x, label: String(ofDay).padStart(2, "0") });
    }
  }
  return ticks;
}

/** The rows whose names fit: all of them, or every nth. */
export function rowTicks(layout: Layout, rows: number, heightPx: number): { row: number; y: number }[] {
  const every = Math.max(1, Math.ceil(14 / layout.rowPx));
  const ticks: { row: number; y: number }[] = [];
  const first = Math.floor(layout.topRow / every) * every;
  for (let row = first; row < rows; row += every) {
    const y = (row - layout.topRow) * layout.rowPx;
    if (y > heightPx - Math.min(layout.rowPx, 10)) break;
    if (y > -layout.rowPx / 2) ticks.push({ row, y });
  }
  return ticks;
}
