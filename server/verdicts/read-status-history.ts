import type { StatusHistoryJson } from "#domain/api/status-history.ts";
import { addHours, formatHour, hourOf, parseHour } from "#domain/hour.ts";
import { duties } from "#domain/turn.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { Invalid } from "#server/errors.ts";
import { type DutyDay, type DutyRange, findWorstHours, readDutyClock, sumDutyDays } from "#server/turns/index.ts";

export interface StatusHistoryInput {
  /** UTC hours; absent: the last 30 days, with the current hour. */
  from?: string | undefined;
  to?: string | undefined;
}

const usualHours = 30 * 24;
const mostHours = 400 * 24;

/** How much of the time each duty of Tidemark itself was within its limit. */
export async function readStatusHistory({ ctx, input }: Call<StatusHistoryInput>): Promise<StatusHistoryJson> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const { now, since } = await readDutyClock(sql);
  const range = readRange(input, now);
  const days = Map.groupBy(await sumDutyDays(sql, range), ({ duty }) => duty);
  const worst = new Map((await findWorstHours(sql, range)).map((each) => [each.duty, each]));
  return {
    from: formatHour(range.from),
    to: formatHour(range.to),
    recordedSince: since && formatHour(since),
    duties: duties.map((duty) => {
      const own = days.get(duty) ?? [];
      const minutes = total(own, "minutes");
      const minutesBehind = total(own, "minutesBehind");
      const hour = worst.get(duty);
      return {
        duty,
        minutes,
        minutesBehind,
        withinLimit: minutes === 0 ? null : (minutes - minutesBehind) / minutes,
        worstHour: hour
          ? {
              hour: formatHour(hour.hour),
              minutesBehind: hour.minutesBehind,
              worstAgeSeconds: hour.worstAgeSeconds,
            }
          : null,
        days: own.map(({ duty: _, ...day }) => day),
      };
    }),
  };
}

function total(days: readonly DutyDay[], figure: "minutes" | "minutesBehind"): number {
  return days.reduce((sum, day) => sum + day[figure], 0);
}

function readRange({ from, to }: StatusHistoryInput, now: Date): DutyRange {
  const end = to === undefined ? addHours(hourOf(now), 1) : readHour("to", to);
  const start = from === undefined ? addHours(end, -usualHours) : readHour("from", from);
  const hours = (end.getTime() - start.getTime()) / 3_600_000;
  if (hours <= 0) throw fault("from", "The range is empty. `from` must be before `to`.");
  if (hours > mostHours) throw fault("from", `The range has ${hours / 24} days. Ask for at most ${mostHours / 24}.`);
  return { from: start, to: end };
}

function readHour(parameter: "from" | "to", text: string): Date {
  const hour = parseHour(text);
  if (hour === null) throw fault(parameter, `"${text}" is not a valid hour. Write its UTC start like 2026-11-22T13.`);
  return hour;
}

function fault(parameter: string, detail: string): Invalid {
  return new Invalid("The range cannot be used.", [{ parameter, detail }]);
}
