import { z } from "zod";
import * as read from "../catalogue/read-fields.ts";
import { matchersSpec } from "./matchers-schema.ts";
import { storedTimeIntervals, timeIntervalsSpec } from "./time/time-interval-schema.ts";

const names = (what: string) =>
  z
    .array(read.line, `must be a list of ${what}`)
    .refine((list) => new Set(list).size === list.length, `must name each of the ${what} once`);

const groupBy = names("labels").refine(
  (list) => !list.includes("...") || list.length === 1,
  "must be ['...'] alone to group by every label",
);

const routeFields = {
  receiver: read.line.optional(),
  groupBy: groupBy.optional(),
  groupWait: read.duration.optional(),
  groupInterval: read.positiveDuration.optional(),
  repeatInterval: read.positiveDuration.optional(),
};

/** As written: what is absent is inherited. */
export interface WrittenRoute extends z.output<typeof rootFields> {
  matchers?: z.output<typeof matchersSpec> | undefined;
  continue?: boolean | undefined;
  muteTimeIntervals?: string[] | undefined;
  activeTimeIntervals?: string[] | undefined;
  routes?: WrittenRoute[] | undefined;
}

const rootFields = read.object(routeFields);

/** The same before it is parsed. */
interface RouteInput extends z.input<typeof rootFields> {
  matchers?: z.input<typeof matchersSpec> | undefined;
  continue?: boolean | undefined;
  muteTimeIntervals?: string[] | undefined;
  activeTimeIntervals?: string[] | undefined;
  routes?: RouteInput[] | undefined;
}

type RouteSchema = z.ZodType<WrittenRoute, RouteInput>;

/** Described by reference: the schemas of all depths are alike. */
const routesReference = { type: "array", items: { $ref: "#/components/schemas/Route" } };

/** Deeper than any organisation, and shallow enough for every recursive walk. */
const maxRouteDepth = 50;

function routeAt(depth: number): RouteSchema {
  const below =
    depth < maxRouteDepth
      ? z.array(
          z.lazy(() => routeAt(depth + 1)),
          "must be a list of routes",
        )
      : z.undefined(`must not be nested deeper than ${maxRouteDepth}`);
  return read.object({
    ...routeFields,
    matchers: matchersSpec.optional(),
    continue: read.flag.optional(),
    muteTimeIntervals: names("time intervals").optional(),
    activeTimeIntervals: names("time intervals").optional(),
    routes: below.meta(routesReference).optional(),
  }) as RouteSchema;
}

export const routeSpec = routeAt(1).meta({ id: "Route" });

/** Everything reaches the root: it needs a receiver, and has neither conditions nor times. */
const root = read.object({
  ...routeFields,
  receiver: read.line,
  routes: z
    .array(
      z.lazy(() => routeSpec),
      "must be a list of routes",
    )
    .meta(routesReference)
    .optional(),
});

const onCall = names("on-call schedules").meta({
  description: "Whoever is on call in these schedules is notified too.",
});

const receiver = read.object({
  name: read.line,
  channels: names("channels").default(() => []),
  onCall: onCall.default(() => []),
  sendResolved: read.flag.default(true),
  escalation: z
    .array(
      read
        .object({
          after: read.positiveDuration,
          channels: names("channels").default(() => []),
          onCall: onCall.default(() => []),
        })
        .refine(({ channels, onCall: schedules }) => channels.length + schedules.length > 0, {
          path: ["channels"],
          error: "must name a channel, unless onCall names a schedule",
        }),
      "must be a list of steps like {after: 10m, channels: [managers]}",
    )
    .default(() => []),
});

const inhibitRule = read.object({
  sourceMatchers: matchersSpec,
  targetMatchers: matchersSpec,
  equal: names("labels").default(() => []),
});

function treeWith(intervals: typeof timeIntervalsSpec) {
  const namedInterval = read.object({ name: read.line, timeIntervals: intervals });
  return read.object({
    route: root,
    receivers: z.array(receiver, "must be a list of receivers").min(1, "must hold a receiver"),
    inhibitRules: z.array(inhibitRule, "must be a list of rules").default(() => []),
    timeIntervals: z.array(namedInterval, "must be a list of named time intervals").default(() => []),
  });
}

export const treeShape = treeWith(timeIntervalsSpec);
export const storedTreeShape = treeWith(storedTimeIntervals);

export type WrittenTree = z.output<typeof treeShape>;
