import { z } from "zod";
import { alertRuleSpec } from "../alert-rule.ts";
import { channelSpec } from "../channel.ts";
import { deploymentHookSpec } from "../deployment-hook.ts";
import { onCallScheduleSpec } from "../on-call.ts";
import { routingTreeSpec } from "../routing.ts";
import { silenceSpec } from "../silence.ts";
import { sourceSpec } from "../source.ts";
import * as read from "./read-fields.ts";

export const apiVersion = "tidemark/v1";

const written = "What a file or a PUT has: members that are left out have their defaults.";

const activeFrom = read.hour
  .optional()
  .meta({ description: "The first hour that counts; when it was claimed, if left out." });
const activeTo = read.hour
  .optional()
  .meta({ description: "The first hour that counts no longer: how something is retired." });

export const datacenterSpec = read
  .object({
    displayName: read.line.optional(),
    activeFrom,
    activeTo,
  })
  .superRefine(read.afterStart)
  .meta({ id: "DatacenterSpec", description: written });

const datacenterNames = z
  .array(read.name, "must be a list of datacenter names")
  .min(1, "must name a datacenter. Leave it out to expect every claimed datacenter")
  .refine((names) => new Set(names).size === names.length, "must name each datacenter once");

const labels = z.record(
  read.line,
  read.field(
    'must be a string of at most 255 characters. Put numbers and booleans in quotes, like "1"',
    read.text,
    (value) =>
      value === ""
        ? ""
        : typeof value === "string" && value.length <= 255 && value.isWellFormed() && !value.includes("\0")
          ? value
          : null,
  ),
  "must be a map of strings",
);

const objectives = read.object({
  timeliness: read.positiveShare.optional(),
  completeness: read.positiveShare.optional(),
  skew: read.positiveShare.optional(),
});

export const eventTypeSpec = read
  .object({
    owner: read.line,
    tier: read.line.meta({ description: "high, normal, low, or a tier of your own." }),
    deadline: read.positiveDuration.optional().meta({ description: "After the hour's end; the tier's, if left out." }),
    datacenters: datacenterNames.optional().meta({
      description: "Where events are expected from; every claimed datacenter active in the hour, if left out.",
    }),
    activeFrom,
    activeTo,
    maxLost: read.share.optional().meta({ description: "The tolerated share of lost events." }),
    maxDuplicated: read.share.optional().meta({ description: "The tolerated share of duplicated events." }),
    settle: read.duration.optional().meta({ description: "How long counts may still change after the closing." }),
    impliedZero: read.flag.optional().meta({
      description:
        "Whether a datacenter that reported produced counts of other types in an hour, and none of this one, produced none of it; `true`, if left out. `false`: it is unknown until it reports this type, 0 included.",
    }),
    expectReporters: read.flag.optional().meta({
      description:
        "`true`: a reporter that counted the type in at least 20 of the last 24 hours is expected to count it again; until it does, its datacenter's produced count is unknown. `false`, if left out.",
    }),
    objectives: objectives
      .optional()
      .meta({ description: "The shares that are promised; the tier's, where left out." }),
    description: read.prose.optional(),
    labels: labels.optional(),
  })
  .superRefine(read.afterStart)
  .meta({ id: "EventTypeSpec", description: written });

export const tierSpec = read
  .object({
    deadline: read.positiveDuration,
    /** Short for objectives.timeliness. */
    objective: read.positiveShare.optional(),
    objectives: objectives.optional(),
  })
  .superRefine(({ objective, objectives: { timeliness } = {} }, context) => {
    if (objective === undefined || timeliness === undefined || objective === timeliness) return;
    const message = `must be the same as objective, which is ${objective}; found ${timeliness}`;
    context.addIssue({ code: "custom", path: ["objectives", "timeliness"], message });
  })
  .meta({ id: "TierSpec" });

/** There is only one tree, because an alert takes one path: a second tree would never be read. */
export const routingTreeName = "default";
const treeName = read.field(`must be ${routingTreeName}, the name of the one routing tree`, read.text, (value) =>
  value === routingTreeName ? value : null,
);

function documentOf<Kind extends string, Spec extends z.ZodType>(kind: Kind, spec: Spec, name = read.name) {
  return read.object({
    apiVersion: z.literal(apiVersion),
    kind: z.literal(kind),
    metadata: read.object({ name }),
    spec,
  });
}

export const datacenterDocument = documentOf("Datacenter", datacenterSpec);
export const eventTypeDocument = documentOf("EventType", eventTypeSpec);
export const tierDocument = documentOf("Tier", tierSpec);
export const alertRuleDocument = documentOf("AlertRule", alertRuleSpec);
export const channelDocument = documentOf("Channel", channelSpec);
export const routingTreeDocument = documentOf("RoutingTree", routingTreeSpec, treeName);
export const onCallScheduleDocument = documentOf("OnCallSchedule", onCallScheduleSpec);
export const silenceDocument = documentOf("Silence", silenceSpec);
export const deploymentHookDocument = documentOf("DeploymentHook", deploymentHookSpec);
export const sourceDocument = documentOf("Source", sourceSpec);

export type DatacenterSpec = z.output<typeof datacenterSpec>;
export type EventTypeSpec = z.output<typeof eventTypeSpec>;
