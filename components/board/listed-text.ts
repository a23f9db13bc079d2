import { formatCount, formatCountOf } from "#components/ui/number-format.ts";

interface Listed {
  matching: number;
  /** The rows loaded; the page arrives with the first of them. */
  read: number;
  claimed: number;
  failure: string | null;
}

/** "12 of 1,000 types". */
export function listedText({ matching, claimed }: Pick<Listed, "matching" | "claimed">): string {
  const all = formatCountOf(claimed, "type");
  return matching === claimed ? all : `${formatCount(matching)} of ${all}`;
}

/** Shown until every row is loaded, because the rest is unknown. null: all are. */
export function unreadText({ read, claimed, failure }: Omit<Listed, "matching">): string | null {
  if (read >= claimed) return null;
  const others = `the other ${formatCountOf(claimed - read, "type")}`;
  return failure === null ? `Loading ${others}…` : `Couldn’t load ${others}. Retrying.`;
}
