/** The hours from..to, to excluded, in milliseconds since the epoch. */
export interface HourSpan {
  readonly from: number;
  readonly to: number;
}

const hourMs = 3_600_000;

export function countHours(spans: readonly HourSpan[]): number {
  return spans.reduce((sum, { from, to }) => sum + (to - from) / hourMs, 0);
}

/** The same hours as spans that neither overlap nor touch, oldest first. */
export function uniteSpans(spans: readonly HourSpan[]): HourSpan[] {
  const united: { from: number; to: number }[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    if (from >= to) continue;
    const last = united.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else united.push({ from, to });
  }
  return united;
}

/** The hours of `spans` that are in none of `taken`. */
export function subtractSpans(spans: readonly HourSpan[], taken: readonly HourSpan[]): HourSpan[] {
  let left = uniteSpans(spans);
  for (const { from, to } of taken) {
    left = left.flatMap((span) =>
      [
        { from: span.from, to: Math.min(span.to, from) },
        { from: Math.max(span.from, to), to: span.to },
      ].filter((rest) => rest.from < rest.to),
    );
  }
  return left;
}

/** The hours that are in both. */
export function intersectSpans(spans: readonly HourSpan[], others: readonly HourSpan[]): HourSpan[] {
  return uniteSpans(
    spans.flatMap((a) => others.map((b) => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) }))),
  );
}

/** The hours from this hour on. */
export function spansFrom<Span extends HourSpan>(spans: readonly Span[], hour: number): Span[] {
  return spans.flatMap((span) => (span.to > hour ? [{ ...span, from: Math.max(span.from, hour) }] : []));
}

/** The hours before this hour. */
export function spansBefore<Span extends HourSpan>(spans: readonly Span[], hour: number): Span[] {
  return spans.flatMap((span) => (span.from < hour ? [{ ...span, to: Math.min(span.to, hour) }] : []));
}

/**
 * The hour from which on the spans together have at most `limit` hours; negative infinity: they have no more in total.
 */
export function cutNewest(spans: readonly HourSpan[], limit: number): number {
  if (countHours(spans) <= limit) return Number.NEGATIVE_INFINITY;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { from, to } of spans) {
    low = Math.min(low, from / hourMs);
    high = Math.max(high, to / hourMs);
  }
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (countHours(spansFrom(spans, middle * hourMs)) <= limit) high = middle;
    else low = middle + 1;
  }
  return low * hourMs;
}
