import { formatDuration } from "#components/ui/duration.ts";
import { formatCountOf } from "#components/ui/number-format.ts";
import type { StatusJson } from "#domain/api/board.ts";

/** One answer of `GET /status`, and when it arrived by the browser's own clock. */
export interface StatusSample {
  atMs: number;
  status: StatusJson;
}

export interface Poll {
  /** The latest answers, oldest first; at least those within `behindAfterMs`. */
  samples: readonly StatusSample[];
  /** Since when every request has failed; null while answers arrive. */
  failingSinceMs: number | null;
  /** When the request was sent that still waits for its answer; null: none does. */
  askedAtMs: number | null;
  /** Why, in the API's words. */
  failure: string | null;
  signedOut: boolean;
}

export const behindAfterMs = 60_000;
const staleAfterSeconds = 300;
// In a drill 5 minutes pass in an instant: at least this much real time must have passed as well.
const staleAfterRealMs = 15_000;
const failingAfterMs = 8_000;

export interface Blindness {
  kind: "unanswered" | "signed-out" | "unheard" | "behind";
  message: string;
}

/** Why what is on screen may be out of date, worst first; null: no known reason. Recomputed every second. */
export function judgeBlindness(poll: Poll, nowMs: number): Blindness | null {
  if (poll.signedOut) {
    return { kind: "signed-out", message: "Your session has expired. This page is no longer refreshed." };
  }
  const latest = poll.samples.at(-1);
  // A server that hangs refuses nothing: the request that waits counts as one that failed.
  const failingSinceMs = poll.failingSinceMs ?? poll.askedAtMs;
  if (failingSinceMs !== null && nowMs - failingSinceMs >= failingAfterMs) {
    const age = formatDuration((nowMs - (latest?.atMs ?? failingSinceMs)) / 1000);

    return {
      kind: "unanswered",
      message:
        `Tidemark has not responded for ${age}.${latest ? " The figures are at least that old." : ""} ${poll.failure ?? ""}`.trim(),
    };
  }
  if (!latest) return null;
  const unheard = unheardSeconds(latest, nowMs);
  if (unheard !== null) {
    return {
      kind: "unheard",
      message: `Tidemark has received no reports for ${formatDuration(unheard)}. The figures may be out of date.`,
    };
  }
  const { behind } = latest.status;
  if (behind.length > 0) {
    const said = behind.map(({ message }) => message).join(" ");
    return { kind: "behind", message: `${said} The figures may be out of date. See Status.` };
  }
  return judgeBacklog(poll.samples, nowMs);
}

/**
 * How long ingest has received nothing, in the product's seconds, once that is too long; null while reports arrive or none
 * ever did.
 */
export function unheardSeconds({ atMs, status }: StatusSample, nowMs: number): number | null {
  if (status.telemetryAgeSeconds === null) return null;
  const speed = Math.max(1, status.clock.speed);
  const age = status.telemetryAgeSeconds + (Math.max(0, nowMs - atMs) / 1000) * speed;
  return age > Math.max(staleAfterSeconds, (staleAfterRealMs / 1000) * speed) ? age : null;
}

// Under load some hour is always waiting. Judging has stopped only if none was worked off for a whole minute.
function judgeBacklog(samples: readonly StatusSample[], nowMs: number): Blindness | null {
  const first = samples.findLastIndex((sample) => nowMs - sample.atMs >= behindAfterMs);
  if (first < 0) return null;
  const counts = samples.slice(first).map((sample) => sample.status.dirtyHours);
  const stuck = counts.every((count, index) => count > 0 && count >= (counts[index - 1] ?? 0));
  if (!stuck || counts.length < 3) return null;
  const waiting = counts.at(-1) ?? 0;
  return {
    kind: "behind",
    message:
      `${formatCountOf(waiting, "hour")} ${waiting === 1 ? "has" : "have"} waited over a minute for a verdict, and none was judged. ` +
      "The figures may be out of date. Check that the evaluate worker is running.",
  };
}
