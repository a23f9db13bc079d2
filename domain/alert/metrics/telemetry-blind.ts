import { formatElapsed } from "../../duration.ts";
import type { FleetMetric } from "../reading.ts";
import { sayMoment } from "../say-moment.ts";

/** Seconds since Tidemark last ingested anything; unknown before the first message. */
export const telemetryBlind: FleetMetric = ({ now, lastIngestAt }) => {
  const value = lastIngestAt && Math.max(0, now.getTime() - lastIngestAt.getTime()) / 1000;
  const sentence = () =>
    lastIngestAt
      ? `Tidemark has received nothing since ${sayMoment(lastIngestAt, now)} UTC, for ${formatElapsed(value ?? 0)}. Its figures are out of date. Check the ingest workers and the subscription.`
      : "Tidemark has received nothing yet.";
  const culprits = [{ trouble: "blind" as const, datacenter: null }];
  return [{ datacenter: null, value, hours: [], culprits, since: lastIngestAt, sentence }];
};
