import type { z } from "zod";
import { type Parsed, parseSpec } from "../catalogue/parse-spec.ts";
import * as read from "../catalogue/read-fields.ts";
import { bigQuerySpec } from "./bigquery-spec.ts";
import { cloudMonitoringSpec } from "./cloud-monitoring-spec.ts";
import { cloudStorageSpec } from "./cloud-storage-spec.ts";
import { icebergSpec } from "./iceberg-spec.ts";
import { kafkaSpec } from "./kafka-spec.ts";
import { type SourceKind, sourceKinds } from "./kinds.ts";

const specs = {
  cloudMonitoring: cloudMonitoringSpec.optional(),
  cloudStorage: cloudStorageSpec.optional(),
  bigQuery: bigQuerySpec.optional(),
  iceberg: icebergSpec.optional(),
  kafka: kafkaSpec.optional(),
} as const satisfies Record<SourceKind, z.ZodType>;

export const sourceSpec = read
  .object({
    owner: read.owner,
    enabled: read.flag.default(true).meta({ description: "`false`: nothing is collected, and what was stays." }),
    ...specs,
  })
  .superRefine((spec, context) => {
    const found = sourceKinds.filter((kind) => spec[kind] !== undefined);
    if (found.length === 1) return;
    const must = `must have exactly one of ${sourceKinds.join(", ")}`;
    const message = `${must}; found ${found.length === 0 ? "none" : found.join(", ")}`;
    context.addIssue({ code: "custom", path: [], message });
  })
  .meta({
    id: "SourceSpec",
    description: "Something outside that already measures a pipeline, and what its resources mean.",
  });

export type SourceSpec = z.output<typeof sourceSpec>;

/** A source's spec from a file or column; JSON pointers of faults start at the spec. */
export function parseSource(spec: unknown): Parsed<SourceSpec> {
  return parseSpec(sourceSpec, spec);
}
