import { z } from "zod";
import * as read from "../catalogue/read-fields.ts";
import { googleProject } from "./cloud-monitoring-spec.ts";
import { mappingOf, someMappings } from "./mapping.ts";

const day = 86_400;

const dataset = read.matching("must be a dataset's name: letters, digits and _", /^\w{1,1024}$/, "delivered");
const location = read.matching("must be a BigQuery location such as EU or europe-west1", /^[A-Za-z0-9-]{1,40}$/, "EU");

/** The lookback of a source that reads a store: no more than the store's metadata answers cheaply. */
export const lookback = read
  .field(
    "must be a duration from 1h to 31d",
    { type: "string", pattern: "^\\d+[smhd]$", examples: ["2d"] },
    (value) => {
      const seconds = read.duration.safeParse(value).data;
      return seconds !== undefined && seconds >= 3_600 && seconds <= 31 * day ? seconds : null;
    },
  )
  .meta({
    type: "string",
    description: "How far back hours are read; counts of older hours stay as they were read last.",
  });

/** A table's rows do not say which of several types they are. */
export const tableMapping = mappingOf({}).refine(({ eventTypes }) => eventTypes === undefined, {
  path: ["eventTypes"],
  message: "cannot be divided: a count is of one event type. Use eventType",
});

/** Tables partitioned by hour, whose row counts are delivered counts. */
export const bigQuerySpec = read
  .object({
    project: googleProject,
    dataset,
    location: location
      .optional()
      .meta({ type: "string", description: "Of the dataset, where BigQuery does not find it by itself." }),
    tables: someMappings(tableMapping),
    only: z
      .array(dataset, "must be a list of table names")
      .min(1, "must name a table. Leave it out to read the whole dataset")
      .max(1_000, "must name at most 1000 tables")
      .optional()
      .meta({ description: "Read these tables alone: BigQuery refuses to read more than 1,000 at once." }),
    lookback: lookback.default(2 * day),
  })
  .meta({ id: "BigQuerySource" });

export type BigQuerySpec = z.output<typeof bigQuerySpec>;
