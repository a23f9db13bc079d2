import { formatDuration, secondsBetween } from "#components/ui/duration.ts";
import type { VerdictJson } from "#domain/api/verdict.ts";
import { promiseSeconds } from "./verdict-sentence.ts";

export interface PromiseMark {
  id: "end" | "now" | "closed" | "deadline";
  at: string;
  /** Placed before the time. */
  label: string;
  /** Placed after it: "after 62 min". */
  detail: string | null;
  /** 0 to 100: the position on the line. */
  percent: number;
}

/** Hour end, now or closed, and deadline on one line, drawn to scale; null while the hour is open. */
export function makePromiseScale(verdict: VerdictJson) {
  if (verdict.state === "open") return null;
  const promised = promiseSeconds(verdict);
  const since = (instantAt: string) => secondsBetween(verdict.endsAt, instantAt);
  const reached = Math.max(0, since(verdict.closedAt ?? verdict.asOf));
  const forecast = verdict.closedAt === null ? verdict.forecast : null;
  const span = Math.max(promised, reached, forecast ? since(forecast.closesAt.p90) : 0) * 1.04;
  const percent = (seconds: number) => (Math.min(span, Math.max(0, seconds)) / span) * 100;
  const reach: PromiseMark = {
    id: verdict.closedAt === null ? "now" : "closed",
    at: verdict.closedAt ?? verdict.asOf,
    label: verdict.closedAt === null ? "now" : "closed",
    detail: `after ${formatDuration(reached)}`,
    percent: percent(reached),
  };
  const marks: PromiseMark[] = [
    { id: "end", at: verdict.endsAt, label: "hour ends", detail: null, percent: 0 },
    reach,
    { id: "deadline", at: verdict.deadlineAt, label: "deadline", detail: null, percent: percent(promised) },
  ];
  return {
    marks,
    /** The part used, from the hour's end to its closing or to now. */
    usedPercent: percent(reached),
    deadlinePercent: percent(promised),
    over: reached > promised,
    /** From p50 to p90, where closing is forecast. */
    forecast: forecast && {
      fromPercent: percent(since(forecast.closesAt.p50)),
      toPercent: percent(since(forecast.closesAt.p90)),
      label: `closes after ${formatDuration(since(forecast.closesAt.p50))} to ${formatDuration(since(forecast.closesAt.p90))}`,
    },
  };
}
