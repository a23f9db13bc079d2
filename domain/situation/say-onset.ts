import { formatElapsed } from "../duration.ts";

/** "or up to 5 min earlier", where only a source's samples show when it began; null: it is known. */
export function sayEarlier({ at, earliestAt }: { at: string; earliestAt?: string | undefined }): string | null {
  if (earliestAt === undefined) return null;
  return `or up to ${formatElapsed((Date.parse(at) - Date.parse(earliestAt)) / 1000)} earlier`;
}
