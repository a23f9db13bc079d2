import { formatDuration, secondsBetween } from "#components/ui/duration.ts";
import type { CompactBoardJson } from "#domain/api/board.ts";

/**
 * "Next breach likely in 18 min: EndSong (81 %)." if the forecast says so, else "Next deadline in 18 min: EndSong.", which
 * predicts nothing; null: neither is known, or it has passed since the board was read.
 */
export function nextBreachText(next: CompactBoardJson["nextBreach"], nowAt: string): string | null {
  if (next === null) return null;
  const inSeconds = secondsBetween(nowAt, next.deadlineAt);
  if (inSeconds < 0) return null;
  const { eventType, breachProbability } = next;
  const time = formatDuration(inSeconds);
  if (breachProbability === null || breachProbability < 0.5) return `Next deadline in ${time}: ${eventType}.`;
  return `Next breach likely in ${time}: ${eventType} (${Math.round(breachProbability * 100)} %).`;
}
