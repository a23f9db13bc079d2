/** A consumer's requirements for an hour, and how it is notified, in a sentence or two. */
export function sayNeeds({
  minCompleteness,
  subscriptions,
}: {
  minCompleteness: number | null;
  subscriptions: number;
}): string {
  const needs = minCompleteness === null ? "Needs complete hours." : `Needs ${percent(minCompleteness)} completeness.`;
  if (subscriptions === 0) return needs;
  return `${needs} Notified by ${subscriptions === 1 ? "a webhook" : `${subscriptions} webhooks`}.`;
}

/** The same for a table cell. */
export function needsOf(minCompleteness: number | null): string {
  return minCompleteness === null ? "complete hours" : percent(minCompleteness);
}

function percent(share: number): string {
  return `${percentOfShare(share)} %`;
}

/** 0.999 as the form's 99.9. */
export function percentOfShare(share: number): number {
  return Number((share * 100).toFixed(6));
}

/** The form's 99.9 as 0.999: plain division gives 0.9990000000000001, which an hour of exactly 99.9 % would fail. */
export function shareOfPercent(percent: number): number {
  return Number((percent / 100).toFixed(8));
}
