import { formatElapsed } from "../../duration.ts";
import { secondsBehind } from "../lane-delay.ts";
import type { TypeMetric } from "../reading.ts";
import { sayMoment } from "../say-moment.ts";
import { readTimes } from "./lane-times.ts";

/** Seconds that a datacenter's watermark is behind now; for one that advances hourly, behind the end of the hour that it closes next. */
export const watermarkLag: TypeMetric = (type, facts) =>
  readTimes(type, facts, secondsBehind, ({ datacenter, watermark, usualDelay }, value) => {
    const stands = watermark ? sayMoment(watermark, facts.now) : "nowhere";
    const usual = usualDelay ? `; usually ${formatElapsed(usualDelay.p50Seconds)}` : "";
    return `${type.eventType}: ${datacenter}'s watermark is ${formatElapsed(value)} behind, at ${stands} UTC${usual}.`;
  });
