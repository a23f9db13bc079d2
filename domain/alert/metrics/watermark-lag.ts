import { formatElapsed } from "../../duration.ts";
import { momentOf } from "../../moment.ts";
import type { AlertFacts, TypeFacts } from "../facts.ts";
import { secondsBehind } from "../lane-delay.ts";
import type { Metric } from "../metric.ts";
import type { Reading } from "../reading.ts";
import { duration } from "../threshold-kinds.ts";
import { readTimes } from "./lane-times.ts";

/** Seconds that a datacenter's watermark is behind now; for one that advances hourly, behind the end of the hour that it closes next. */
export const watermarkLag: Metric = {
  of: "type",
  label: "Watermark lag",
  about: "How far a type’s watermark at a datacenter is behind the present.",
  condition: (text) => `a type’s watermark at a datacenter is more than ${text} behind`,
  threshold: duration,
  fires: "above",
  needs: null,
  cause: { code: "datacenter_behind", score: 0.2 },
  replay: {
    as: "nothing",
    why: "watermarks between hours are not stored, only when each passed an hour's end. Backtest a closing_delay rule with the same threshold instead",
  },
  looks: { at: "lanes", unread: ({ watermark }) => (watermark ? null : "no_watermark") },
  read,
};

function read(type: TypeFacts, facts: AlertFacts): Reading[] {
  return readTimes(type, facts, secondsBehind, ({ datacenter, watermark, usualDelay }, value) => {
    const stands = watermark ? momentOf(watermark) : "nowhere";
    const usual = usualDelay ? `; usually ${formatElapsed(usualDelay.p50Seconds)}` : "";
    return `${type.eventType}: ${datacenter}'s watermark is ${formatElapsed(value)} behind, at ${stands}${usual}.`;
  });
}
