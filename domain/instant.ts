const pattern = /^\d{4}-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const firstMs = Date.parse("0001-01-01T00:00:00Z");
const lastMs = Date.parse("9999-12-31T23:59:59.999Z");

/**
 * An RFC 3339 instant of the years 1 to 9999, truncated (never rounded up) to the millisecond; null for anything else.
 * A leap second becomes its minute's last millisecond, as Date and PostgreSQL have none: a watermark is never read too
 * high.
 */
export function parseInstant(text: string): Date | null {
  // The longest sensible text has nine decimals; the bound keeps endless digits from being an instant.
  if (text.length > 40) return null;
  const upper = text.toUpperCase();
  const match = pattern.exec(upper);
  if (!match) return null;
  const [, month, day, hour, minute, second] = match as unknown as [string, string, string, string, string, string];
  if (month === "00" || month > "12" || hour > "23" || minute > "59" || second > "60") return null;
  if (day === "00" || Number(day) > daysIn(Number(upper.slice(0, 4)), Number(month))) return null;
  const ms = second === "60" ? leapSecond(upper) : Date.parse(upper);
  return ms >= firstMs && ms <= lastMs ? new Date(ms) : null;
}

function leapSecond(text: string): number {
  const ms = Date.parse(`${text.slice(0, 17)}59.999${text.slice(19).replace(/^\.\d+/, "")}`);
  return ms % 86_400_000 === 86_399_999 ? ms : Number.NaN;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** In parseInstant's format, with milliseconds only if there are any: `2026-11-22T13:04:05Z`. */
export function formatInstant(instant: Date): string {
  return instant.toISOString().replace(".000Z", "Z");
}
