import type { Collection, KnownReading } from "../collection.ts";
import { type Mappers, makeFacts } from "./make-facts.ts";
import type { MonitoringSeries } from "./metrics.ts";
import { readSeries } from "./read-series.ts";

/** What the series of one look say: readings, and the facts that are made of new ones. */
export function collectSeries(
  series: readonly MonitoringSeries[],
  look: {
    readonly project: string;
    readonly retentionSeconds: number;
    readonly known: ReadonlyMap<string, KnownReading>;
    readonly mappers: Mappers;
    readonly now: Date;
  },
): Omit<Collection, "calls"> {
  const { readings, problems } = readSeries(series, look);
  const facts = makeFacts({ ...look, readings });
  return { ...facts, readings, problems: [...problems, ...facts.problems] };
}
