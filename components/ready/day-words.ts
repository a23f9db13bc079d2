import type { CopyItem } from "#components/ui/copy-list.tsx";
import { formatInstant } from "#components/ui/instant-format.ts";
import { shellWord } from "#components/ui/shell-word.ts";
import { addHours, parseHour } from "#domain/hour.ts";

/** As in the URL. */
export interface AskedDayText {
  /** Names, separated by commas. */
  eventTypes: string;
  day: string;
  zone: string;
}

/** The day before or after; the same text if it is not a day. */
export function stepDay(day: string, days: number): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : new Date(at + days * 86_400_000).toISOString().slice(0, 10);
}

/** The zone's wall clock at the start of each hour of a range: "00", "02:30". */
export function hourLabels(from: string, to: string, zone: string): string[] {
  const [first, end] = [parseHour(from), parseHour(to)];
  if (!first || !end) return [];
  const count = Math.round((end.getTime() - first.getTime()) / 3_600_000);
  return Array.from({ length: count }, (_, index) => {
    const at = addHours(first, index).toISOString();
    // The last part is the time, with or without a date before it.
    const time = formatInstant(at, zone, at).split(" ").at(-1) ?? "";
    return time.endsWith(":00") ? time.slice(0, 2) : time;
  });
}

/** How a job waits for the day: one text to copy each. `origin` is this Tidemark's own URL. */
export function dayCommands(origin: string, { eventTypes, day, zone }: AskedDayText): CopyItem[] {
  const url = `${origin}/api/v1/ready?${new URLSearchParams({ eventTypes, day, zone })}`;
  const at = zone === "UTC" ? "" : ` --zone ${shellWord(zone)}`;
  return [
    { title: "Gate URL", use: "200 when every hour is ready, 404 until then; for schedulers’ sensors", text: url },
    {
      title: "Shell",
      use: "exits 0 when ready, 3 on timeout",
      text: `TIDEMARK_URL=${shellWord(origin)} npx tidemark wait ${shellWord(eventTypes)} ${shellWord(day)}${at} --timeout 12h`,
    },
    {
      title: "curl",
      use: "holds the request for up to a minute until ready",
      text: `curl -fsS -H "Authorization: Bearer $TIDEMARK_TOKEN" ${shellWord(`${url}&wait=60`)}`,
    },
  ];
}

/** "23 of 25", for one type. */
export function countReady(hours: readonly ({ ready: boolean } | null)[]): string {
  const active = hours.filter((hour) => hour !== null);
  return `${active.filter(({ ready }) => ready).length} of ${active.length}`;
}
