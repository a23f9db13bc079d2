import type { z } from "zod";
import * as read from "../catalogue/read-fields.ts";
import { mappingOf, ownTemplate, someMappings } from "./mapping.ts";

const subscription = read.matching(
  "must be a Pub/Sub subscription written in full: projects/my-project/subscriptions/my-subscription",
  /^projects\/[a-z][a-z0-9.:-]{1,98}\/subscriptions\/[A-Za-z][\w.~+%-]{2,254}$/,
  "projects/my-project/subscriptions/delivered-objects",
);

/** What an object's name says: the hour is a template too, because buckets lay dates out in many ways. */
const objectMapping = mappingOf(
  {
    hour: ownTemplate.meta({
      type: "string",
      description: "The hour by the groups of `match`, as $y-$m-$d and T$h, or in one group: 2026-11-22T13.",
      examples: ["$y-$m-$dT$h"],
    }),
  },
  ["hour"],
);

/** End-of-hour markers in Cloud Storage, by its notifications on a Pub/Sub subscription. */
export const cloudStorageSpec = read
  .object({
    subscription,
    marker: read.line.default("_SUCCESS").meta({
      type: "string",
      description: "The name of a marker object below its folder. Other objects say nothing and are not matched.",
    }),
    objects: someMappings(objectMapping).meta({ description: "By BUCKET/OBJECT; the first match counts." }),
  })
  .meta({ id: "CloudStorageSource" });

export type CloudStorageSpec = z.output<typeof cloudStorageSpec>;
