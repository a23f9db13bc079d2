import { formatElapsed } from "../../duration.ts";
import { secondsStalled } from "../lane-delay.ts";
import type { TypeMetric } from "../reading.ts";
import { sayMoment } from "../say-moment.ts";
import { readTimes } from "./lane-times.ts";

/** Seconds that a datacenter's watermark has stood still; for one that advances hourly, since the next hour is usually closed. */
export const watermarkStalled: TypeMetric = (type, facts) =>
  readTimes(type, facts, secondsStalled, ({ datacenter, watermark, movedAt }, value) => {
    const since = movedAt ? `since ${sayMoment(movedAt, facts.now)} UTC` : `for ${formatElapsed(value)}`;
    const at = watermark ? ` at ${sayMoment(watermark, facts.now)}` : "";
    return `${type.eventType}: ${datacenter}'s watermark has stalled${at} ${since}.`;
  });
