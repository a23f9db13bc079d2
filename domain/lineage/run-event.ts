import { formatHour, type Hour, hourEnd } from "../hour.ts";
import { formatInstant } from "../instant.ts";
import type { VerdictState } from "../verdict.ts";

/** The versions of OpenLineage's specification that what is sent follows. */
const schemas = {
  event: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
  nominalTime: "https://openlineage.io/spec/facets/1-0-1/NominalTimeRunFacet.json#/$defs/NominalTimeRunFacet",
  assertions:
    "https://openlineage.io/spec/facets/1-0-1/DataQualityAssertionsDatasetFacet.json#/$defs/DataQualityAssertionsDatasetFacet",
};

export interface LineageDataset {
  namespace: string;
  name: string;
}

export interface FinalHour {
  eventType: string;
  hour: Hour;
  state: VerdictState;
  closedAt: Date | null;
  deadlineAt: Date;
  /** Every expected datacenter's produced count is known. */
  known: boolean;
  /** It was final before. */
  amended: boolean;
}

export interface RunEventOptions {
  /** A UUID, the same for every event of the hour. */
  runId: string;
  /** Of the job. */
  namespace: string;
  dataset: LineageDataset;
  /** A URI of who says so. */
  producer: string;
  at: Date;
}

interface Assertion {
  assertion: string;
  success: boolean;
}

/**
 * An hour's verdict as an OpenLineage RunEvent: the job that checks the type's completeness ran over the hour and read its dataset. The
 * first final verdict completes the run; an amendment adds to it (`OTHER`, as the specification asks).
 */
export function runEventOf(final: FinalHour, { runId, namespace, dataset, producer, at }: RunEventOptions) {
  return {
    eventType: final.amended ? "OTHER" : "COMPLETE",
    eventTime: formatInstant(at),
    run: {
      runId,
      facets: {
        nominalTime: {
          _producer: producer,
          _schemaURL: schemas.nominalTime,
          nominalStartTime: formatInstant(final.hour),
          nominalEndTime: formatInstant(hourEnd(final.hour)),
        },
      },
    },
    job: { namespace, name: `completeness.${final.eventType}` },
    inputs: [
      {
        ...dataset,
        inputFacets: {
          dataQualityAssertions: {
            _producer: producer,
            _schemaURL: schemas.assertions,
            assertions: assertionsOf(final),
          },
        },
      },
    ],
    outputs: [],
    producer,
    schemaURL: schemas.event,
  };
}

/** What the verdict decides. Of what it leaves unknown nothing is asserted: unknown is neither success nor failure. */
function assertionsOf({ state, known, closedAt, deadlineAt }: FinalHour): Assertion[] {
  const assertions: Assertion[] = [
    { assertion: "tidemark.complete", success: state === "complete" },
    { assertion: "tidemark.counts_known", success: known },
    { assertion: "tidemark.deadline_met", success: closedAt !== null && closedAt <= deadlineAt },
  ];
  if (state === "complete" || state === "incomplete" || state === "overcounted")
    assertions.push({ assertion: "tidemark.lost_within_tolerance", success: state !== "incomplete" });
  // An incomplete hour may have duplicates too: the verdict names the loss alone.
  if (state === "complete" || state === "overcounted")
    assertions.push({ assertion: "tidemark.duplicated_within_tolerance", success: state !== "overcounted" });
  return assertions;
}

/** The name of the run, from which its id is made. */
export function runNameOf(eventType: string, hour: Hour): string {
  return `${eventType}\n${formatHour(hour)}`;
}
