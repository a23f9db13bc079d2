import { formatDuration } from "#components/ui/duration.ts";
import type { StatusHistoryJson } from "#domain/api/status-history.ts";

type DutyJson = StatusHistoryJson["duties"][number];

/** `current-hours` as “Current hours”. */
export function dutyName(duty: DutyJson["duty"]): string {
  if (duty === "roll-up") return "Roll-up";
  const words = duty.replaceAll("-", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Behind an hour's name: “12 min behind, by up to 3 min”. */
export function worstText({
  minutesBehind,
  worstAgeSeconds,
}: Omit<NonNullable<DutyJson["worstHour"]>, "hour">): string {
  return `${formatDuration(minutesBehind * 60)} behind, by up to ${formatDuration(worstAgeSeconds)}`;
}
