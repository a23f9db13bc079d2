import { z } from "zod";
import { deploymentSchema } from "./catalogue.ts";
import { instant } from "./shared.ts";

const effectSchema = z
  .object({
    verdict: z.enum(["too_few_hours", "no_change_seen", "better", "worse"]),
    /** Pairs of an hour after it and the same hour of the day before. */
    pairs: z.number().int(),
    medianBefore: z.number().nullable(),
    medianAfter: z.number().nullable(),
    /** The typical change from before to after (Hodges–Lehmann), and its 95 % interval; null, as below: too few hours. */
    change: z.number().nullable(),
    interval: z.object({ low: z.number(), high: z.number() }).nullable(),
    /** Wilcoxon's signed-rank test, exact, two-sided, before the correction for multiple comparisons. */
    p: z.number().nullable(),
    /** Rank-biserial: −1 all better, 1 all worse. */
    effectSize: z.number().nullable(),
  })
  .meta({ id: "Effect" });

/** A deployment with the change at its datacenter from the day before to the day after. */
export const deploymentEffectSchema = z
  .object({
    deployment: deploymentSchema,
    /** Closing delay in seconds: an hour's median over the types expected there. */
    closingDelay: effectSchema,
    /** Share of produced events that were lost, 0 to 1, over those types. */
    lostShare: effectSchema,
    /** The first deployment of the same component there after it, where the comparison ends; null: none within the day. */
    replacedAt: instant.nullable(),
    /** Other deployments there within the day before or after, which may be the cause instead. */
    alongside: z.array(deploymentSchema.pick({ id: true, component: true, version: true, deployedAt: true })),
  })
  .meta({ id: "DeploymentEffect" });

/** `GET /deployment-effects`: the verdicts include Holm's correction over the page's deployments. */
export const deploymentEffectListSchema = z
  .object({ items: z.array(deploymentEffectSchema), nextCursor: z.string().nullable(), asOf: instant })
  .meta({ id: "DeploymentEffectList" });

export type EffectJson = z.infer<typeof effectSchema>;
export type DeploymentEffectJson = z.infer<typeof deploymentEffectSchema>;
export type DeploymentEffectListJson = z.infer<typeof deploymentEffectListSchema>;
