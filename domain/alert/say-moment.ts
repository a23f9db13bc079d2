/** `13:04`, with its date if that is not today: `2026-11-21 13:04`. UTC. */
export function sayMoment(instant: Date, now: Date): string {
  const [day = "", time = ""] = instant.toISOString().split("T");
  return now.toISOString().startsWith(day) ? time.slice(0, 5) : `${day} ${time.slice(0, 5)}`;
}
