import type { ReadyRangeJson } from "#domain/api/ready.ts";
import type { VerdictJson } from "#domain/api/verdict.ts";
import { addHours, formatHour, parseHour } from "#domain/hour.ts";
import { joinNames, splitNames } from "#domain/name-list.ts";
import { CliError } from "./cli-error.ts";

/** The gate's query, and how its positive answer reads. */
export interface WaitQuestion {
  readonly eventTypes: readonly string[];
  /** Below `/api/v1`, with further parameters. */
  path(query: URLSearchParams): string;
  sayReady(answer: unknown): string;
}

/**
 * The command's arguments: one type and an hour, or several types (`EndSong,AdClick`) and an hour, a day (`2026-11-27`) or a range
 * of UTC hours (`2026-11-22T00..2026-11-23T00`, the last one excluded). A comma that is part of a name is written `\,`.
 */
export function readWaitQuestion(types: string, when: string, zone: string | null): WaitQuestion {
  const eventTypes = splitNames(types);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(when);
  if (zone !== null && !isDay) throw new CliError("--zone needs a day, like 2026-11-27. The hours of a range are UTC.");
  if (isDay) return rangeQuestion(eventTypes, { day: when, ...(zone === null ? {} : { zone }) });
  const [from = "", to] = when.split("..");
  if (to !== undefined) return rangeQuestion(eventTypes, { from, to });
  const [eventType] = eventTypes;
  if (eventTypes.length === 1 && eventType !== undefined) return hourQuestion(eventType, when);
  const hour = parseHour(when);
  return rangeQuestion(eventTypes, { from: when, to: hour ? formatHour(addHours(hour, 1)) : when });
}

function hourQuestion(eventType: string, hour: string): WaitQuestion {
  const path = `/event-types/${encodeURIComponent(eventType)}/hours/${encodeURIComponent(hour)}/ready`;
  return {
    eventTypes: [eventType],
    path: (query) => `${path}?${query}`,
    sayReady(answer) {
      const verdict = answer as VerdictJson;
      const closed = verdict.closedAt === null ? "" : `, closed at ${verdict.closedAt}`;
      return `${verdict.eventType} ${verdict.hour} is ready: ${verdict.state}${closed}.`;
    },
  };
}

function rangeQuestion(eventTypes: string[], when: Record<string, string>): WaitQuestion {
  return {
    eventTypes,
    path: (query) =>
      `/ready?${new URLSearchParams({ eventTypes: joinNames(eventTypes), ...when, ...Object.fromEntries(query) })}`,
    sayReady(answer) {
      const { day, zone, from, to, totalHours, accepted } = answer as ReadyRangeJson;
      const span = day === null ? `${from} to ${to}` : `${day} (${zone})`;
      return `${eventTypes.join(", ")}: ${span} is ready, ${totalHours} hours.${sayAccepted(accepted)}`;
    },
  };
}

/** Ready only by acceptance, which the job's operator should know. */
function sayAccepted(accepted: ReadyRangeJson["accepted"]): string {
  const [first] = accepted;
  if (!first) return "";
  const others = accepted.length === 1 ? "" : ` and ${accepted.length - 1} more`;
  return ` Accepted as they are: ${first.eventType} ${first.hour} (${first.by}: ${first.reason})${others}.`;
}
