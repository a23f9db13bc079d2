import type { z } from "zod";
import * as read from "../catalogue/read-fields.ts";
import { mappingOf, mappingsOf, ownTemplate, stage } from "./mapping.ts";

const week = 7 * 86_400;

/** Of Google Cloud. */
export const googleProject = read.matching(
  "must be a Google Cloud project id such as my-project",
  /^[a-z][a-z0-9.:-]{0,98}[a-z0-9]$/,
  "my-project",
);

const retention = read.positiveDuration.meta({
  description: "How long the subscription keeps messages that are not acknowledged. What waits longer is lost.",
});

const subscriptionMapping = mappingOf({
  stage: stage.default("delivered").meta({ description: "The stage that the waiting messages have not reached." }),
  retention: retention.optional(),
});

const jobMapping = mappingOf(
  {
    stage: stage.default("delivered").meta({ description: "The stage that the job's backlog has not reached." }),
    watermark: read.flag.default(true).meta({
      description: "Whether the job's watermark closes hours: it is the last step before delivery.",
    }),
    component: ownTemplate.optional().meta({ description: "The component that it runs; the job's name, if left out." }),
  },
  ["component"],
);

/** Pub/Sub subscriptions and Dataflow jobs of one project, as Google Cloud Monitoring measures them. */
export const cloudMonitoringSpec = read
  .object({
    project: googleProject,
    subscriptions: mappingsOf(subscriptionMapping).meta({ description: "By subscription id; the first match counts." }),
    jobs: mappingsOf(jobMapping).meta({ description: "By Dataflow job name; the first match counts." }),
    retention: retention.default(week),
  })
  .superRefine(({ subscriptions, jobs }, context) => {
    if (subscriptions.length > 0 || jobs.length > 0) return;
    const message = "must map something: name patterns in subscriptions, in jobs, or in both";
    context.addIssue({ code: "custom", path: ["subscriptions"], message });
  })
  .meta({ id: "CloudMonitoringSource" });

export type CloudMonitoringSpec = z.output<typeof cloudMonitoringSpec>;
