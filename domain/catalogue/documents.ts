import { z } from "zod";
import { alertRuleSpec } from "../alert-rule.ts";
import { channelSpec } from "../channel.ts";
import { routingTreeSpec } from "../routing.ts";
import { silenceSpec } from "../silence.ts";
import * as read from "./read-fields.ts";

/** The default for lost and for duplicated events: 0.01 % of produced. */
export const defaultTolerance = 0.0001;
/** How long counts may still change after closing before the verdict is final. */
export const defaultSettleSeconds = 900;

export const apiVersion = "tidemark/v1";

const datacenterSpec = read
  .object({
    displayName: read.line.optional(),
    activeFrom: read.hour.optional(),
    activeTo: read.hour.optional(),
  })
  .superRefine(read.afterStart);

const datacenterNames = z
  .array(read.name, "must be a list of datacenter names")
  .min(1, "must name a datacenter: leave it out where every claimed datacenter is expected")
  .refine((names) => new Set(names).size === names.length, "must name each datacenter once");

const labels = z.record(
  read.line,
  read.field('must be a text of at most 255 characters: write a number or a boolean in quotes, like "1"', (value) =>
    value === ""
      ? ""
      : typeof value === "string" && value.length <= 255 && value.isWellFormed() && !value.includes("\0")
        ? value
        : null,
  ),
  "must be a map of texts",
);

const objectives = read.object({
  timeliness: read.positiveShare.optional(),
  completeness: read.positiveShare.optional(),
  skew: read.positiveShare.optional(),
});

const eventTypeSpec = read
  .object({
    owner: read.line,
    tier: read.line,
    deadline: read.positiveDuration.optional(),
    datacenters: datacenterNames.optional(),
    activeFrom: read.hour.optional(),
    activeTo: read.hour.optional(),
    maxLost: read.share.optional(),
    maxDuplicated: read.share.optional(),
    settle: read.duration.optional(),
    /** Whether silence about this type is zero at a datacenter that reported other types; default true. */
    impliedZero: read.flag.optional(),
    /** Whether reporters that counted it recently have to count it again; default false. */
    expectReporters: read.flag.optional(),
    /** The objectives; the tier's by default. */
    objectives: objectives.optional(),
    description: read.prose.optional(),
    labels: labels.optional(),
  })
  .superRefine(read.afterStart);

const tierSpec = read
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
  });

/** There is only one tree, because an alert takes one path: a second tree would never be read. */
export const routingTreeName = "default";
const treeName = read.field(`must be ${routingTreeName}: there is one routing tree, and this is its name`, (value) =>
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
export const silenceDocument = documentOf("Silence", silenceSpec);

export type DatacenterSpec = z.output<typeof datacenterSpec>;
export type EventTypeSpec = z.output<typeof eventTypeSpec>;
