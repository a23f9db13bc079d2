import { formatElapsed } from "../../duration.ts";
import { bareMomentOf, momentOf } from "../../moment.ts";
import type { AlertFacts, TypeFacts } from "../facts.ts";
import { secondsStalled } from "../lane-delay.ts";
import type { Metric } from "../metric.ts";
import type { Reading } from "../reading.ts";
import { duration } from "../threshold-kinds.ts";
import { readTimes } from "./lane-times.ts";

/** Seconds that a datacenter's watermark has stood still; for one that advances hourly, since the next hour is usually closed. */
export const watermarkStalled: Metric = {
  of: "type",
  label: "Watermark stalled",
  about: "How long a type’s watermark at a datacenter has not moved.",
  condition: (text) => `a type’s watermark at a datacenter has not moved for ${text}`,
  threshold: duration,
  fires: "above",
  needs: null,
  cause: { code: "watermark_stalled", score: 0.3 },
  replay: {
    as: "nothing",
    why: "the times of watermark movements are not stored, only when each passed an hour's end. Backtest a closing_delay rule instead",
  },
  looks: { at: "lanes", unread: ({ watermark }) => (watermark ? null : "no_watermark") },
  read,
};

function read(type: TypeFacts, facts: AlertFacts): Reading[] {
  return readTimes(type, facts, secondsStalled, ({ datacenter, watermark, movedAt }, value) => {
    const since = movedAt ? `since ${momentOf(movedAt)}` : `for ${formatElapsed(value)}`;
    const at = watermark ? ` at ${bareMomentOf(watermark)}` : "";
    return `${type.eventType}: ${datacenter}'s watermark has stalled${at} ${since}.`;
  });
}
