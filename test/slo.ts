import { rollUpSlo } from "#server/slo/roll-up-slo.ts";
import type { HourStory } from "./hour-story.ts";
import { workerContext } from "./worker-context.ts";

/** Adds up service levels until nothing is left to do, as the maintaining worker does. */
export async function rollUpAll({ test, clock }: Pick<HourStory, "test" | "clock">): Promise<void> {
  const ctx = workerContext(test.database, clock);
  while ((await rollUpSlo({ ctx, input: { limit: 1_000 } })) > 0);
}
