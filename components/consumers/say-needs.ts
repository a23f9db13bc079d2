/** What a consumer needs of an hour, and how it is told, in a sentence or two. */
export function sayNeeds({
  minCompleteness,
  subscriptions,
}: {
  minCompleteness: number | null;
  subscriptions: number;
}): string {
  const needs =
    minCompleteness === null ? "Needs what the type promises." : `Needs a completeness of ${percent(minCompleteness)}.`;
  if (subscriptions === 0) return needs;
  return `${needs} ${subscriptions === 1 ? "A webhook tells" : `${subscriptions} webhooks tell`} it.`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(6))} %`;
}
