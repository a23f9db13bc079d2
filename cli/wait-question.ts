import type { ReadyRangeJson } from "#domain/api/ready.ts";
import type { VerdictJson } from "#domain/api/verdict.ts";
import { addHours, formatHour, parseHour } from "#domain/hour.ts";
import { joinNames, splitNames } from "#domain/name-list.ts";
import type { Api } from "./call-api.ts";
import { CliError } from "./cli-error.ts";

/** The gate's positive answer, and how it reads. */
export interface ReadyAnswer {
  readonly body: object;
  readonly sentence: string;
}

/** The gate's own parameters. */
interface GateQuery {
  wait: string;
  minCompleteness?: string;
  consumer?: string;
}

export interface WaitQuestion {
  readonly eventTypes: readonly string[];
  /** Throws ApiRefusal while it is not ready. */
  ask(api: Api, query: GateQuery): Promise<ReadyAnswer>;
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
  return {
    eventTypes: [eventType],
    async ask(api, query) {
      const params = { path: { name: eventType, hour }, query };
      const { data } = await api.GET("/event-types/{name}/hours/{hour}/ready", { params });
      const verdict = data as VerdictJson;
      const closed = verdict.closedAt === null ? "" : `, closed at ${verdict.closedAt}`;
      return { body: verdict, sentence: `${verdict.eventType} ${verdict.hour} is ready: ${verdict.state}${closed}.` };
    },
  };
}

function rangeQuestion(eventTypes: string[], when: Record<string, string>): WaitQuestion {
  return {
    eventTypes,
    async ask(api, query) {
      const asked = { eventTypes: joinNames(eventTypes), ...when, ...query };
      const { data } = await api.GET("/ready", { params: { query: asked } });
      const body = data as ReadyRangeJson;
      const span = body.day === null ? `${body.from} to ${body.to}` : `${body.day} (${body.zone})`;
      const accepted = sayAccepted(body.accepted);
      return { body, sentence: `${eventTypes.join(", ")}: ${span} is ready, ${body.totalHours} hours.${accepted}` };
    },
  };
}

/** Ready only by acceptance, which the job's operator should know. */
function sayAccepted(accepted: ReadyRangeJson["accepted"]): string {
  const [first] = accepted;
  if (!first) return "";
  const others = accepted.length === 1 ? "" : ` and ${accepted.length - 1} more`;
  return ` Accepted: ${first.eventType} ${first.hour} (${first.by}: ${first.reason})${others}.`;
}
