import { formatElapsed } from "../../duration.ts";
import { momentOf } from "../../moment.ts";
import type { AlertFacts } from "../facts.ts";
import type { Metric } from "../metric.ts";
import type { Reading } from "../reading.ts";
import { duration } from "../threshold-kinds.ts";

/** Seconds since Tidemark last ingested anything; unknown before the first message. */
export const telemetryBlind: Metric = {
  of: "tidemark",
  label: "No data at all",
  about: "How long Tidemark itself has received nothing.",
  condition: (text) => `Tidemark has received nothing for ${text}`,
  threshold: duration,
  fires: "above",
  needs: null,
  cause: { code: "telemetry_blind", score: 0.5 },
  replay: { as: "nothing", why: "times without any ingest are not stored" },
  looks: { at: "ingest" },
  read,
};

function read({ now, lastIngestAt }: AlertFacts): Reading[] {
  const value = lastIngestAt && Math.max(0, now.getTime() - lastIngestAt.getTime()) / 1000;
  const sentence = () =>
    lastIngestAt
      ? `Tidemark has received nothing since ${momentOf(lastIngestAt)}, for ${formatElapsed(value ?? 0)}. Its figures are out of date. Check the ingest workers and the subscription.`
      : "Tidemark has received nothing yet.";
  const culprits = [{ trouble: "blind" as const, datacenter: null }];
  return [{ datacenter: null, value, hours: [], culprits, since: lastIngestAt, sentence }];
}
