import { parseDuration } from "#domain/duration.ts";
import { Invalid } from "#server/errors.ts";

const maxWaitSeconds = 60;

/** Seconds of the product's time: `30`, `30s`; 0 if omitted. */
export function readWait(text: string | undefined): number {
  if (text === undefined) return 0;
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : parseDuration(text);
  if (seconds !== null && seconds <= maxWaitSeconds) return seconds;
  const detail = `wait "${text}" cannot be used. Write seconds from 0 to ${maxWaitSeconds}, like 30 or 30s, and ask again after a 404.`;
  throw new Invalid(detail, [{ parameter: "wait", detail }]);
}

/** A share from 0 to 1, as a number or numeric text; null if omitted. */
export function readMinCompleteness(text: string | number | undefined): number | null {
  if (text === undefined) return null;
  if (typeof text === "number") return text;
  const share = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (share >= 0 && share <= 1) return share;
  const detail = `minCompleteness "${text}" cannot be used. Write a share from 0 to 1, like 0.999.`;
  throw new Invalid(detail, [{ parameter: "minCompleteness", detail }]);
}
