interface SilenceDraft {
  matchers: string[];
  reason: string;
  /** A duration as the API takes it, or `until`. */
  howLong: string;
  /** For `until`: the value of a UTC field, to the minute. */
  until: string;
}

export const howLongs = [
  ["30m", "for 30 min"],
  ["1h", "for an hour"],
  ["2h", "for 2 h"],
  ["4h", "for 4 h"],
  ["8h", "for 8 h"],
  ["24h", "for a day"],
  ["3d", "for 3 days"],
  ["7d", "for a week"],
  ["until", "until an instant"],
] as const;

export function matcherLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

export function silenceRequest({ matchers, reason, howLong, until }: SilenceDraft) {
  return { matchers, reason, ...(howLong === "until" ? { endsAt: `${until}:00Z` } : { duration: howLong }) };
}
