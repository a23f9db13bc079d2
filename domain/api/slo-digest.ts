import { z } from "zod";
import { measures, sloStatuses } from "../slo-measures.ts";
import { instant } from "./shared.ts";

const text = z.string();
const status = z.enum(sloStatuses);

const promise = z.object({
  measure: z.enum(measures),
  title: text.meta({ example: "On time" }),
  attained: text.nullable().meta({ example: "99.2 %", description: "null: no hours counted." }),
  objective: text.nullable().meta({ example: "99.5 %" }),
  status,
  bad: text.meta({ example: "78 of 9,744 hours late" }),
  budget: text.nullable(),
  before: text.nullable().meta({ example: "−0.4 points", description: "Against the month before." }),
  parts: z
    .array(
      z.object({ tier: text, attained: text.nullable(), objective: text.nullable(), status, budget: text.nullable() }),
    )
    .optional()
    .meta({ description: "Where several objectives apply: each with what it applies to." }),
});

const group = z.object({
  name: text,
  types: z.number(),
  onTime: text.nullable(),
  objective: text.nullable(),
  status,
  complete: text.nullable(),
  inTheirHour: text.nullable(),
  before: text.nullable(),
});

const incident = z.object({
  id: text,
  title: text,
  openedAt: instant,
  noticed: text,
  acknowledged: text,
  resolved: text,
  lead: text,
  lateHours: text,
});

/** A month's service levels in words, as the digest mail has them; `GET /slo/attainment` has the figures. */
export const sloDigestSchema = z
  .object({
    month: text.meta({ example: "2026-10" }),
    filter: z.object({ tier: text.optional(), owner: text.optional() }),
    subject: text.meta({ example: "Tidemark, October 2026: 99.2 % of hours on time, objective met" }),
    title: text,
    answer: text.meta({ description: "The month in one sentence." }),
    standing: text.meta({ description: "How many event types it covers, and whether its figures are frozen." }),
    askedBy: text.nullable().meta({ description: "Who requested it; null: sent because the month was frozen." }),
    previous: text.nullable().meta({ example: "September 2026", description: "What `before` compares with." }),
    promises: z.array(promise),
    tiers: z.array(group),
    owners: z.array(group),
    moreOwners: z.number(),
    worst: z.array(z.object({ name: text, whose: text, figures: text, status, causes: z.array(text) })),
    causes: z.array(text),
    incidents: z.object({ sentence: text, items: z.array(incident), more: z.number() }),
    restatements: z.array(text),
    moreRestatements: z.boolean(),
    excuses: z.array(text),
  })
  .meta({ id: "SloDigest" });

export type SloDigestJson = z.infer<typeof sloDigestSchema>;
