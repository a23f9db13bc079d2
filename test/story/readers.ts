import type { Context } from "#server/access/context.ts";
import { putConsumer } from "#server/consumers/put-consumer.ts";
import type { World } from "#simulator/drill/world.ts";

/** Who waits for the hours of a day's event types. */
export interface Reader {
  eventType: string;
  consumer: string;
  contact: string;
  minCompleteness?: number | null;
}

/** One for each type, in turn content with almost all of an hour or only with a complete one; and one that reads all of them. */
export function readersOf({ simulation }: World): Reader[] {
  return simulation.fleet.eventTypes.flatMap(({ name: eventType, owner }, index) => [
    {
      eventType,
      consumer: `${eventType.toLowerCase()}-report`,
      contact: `#${owner}`,
      minCompleteness: index % 2 === 0 ? 0.99 : null,
    },
    { eventType, consumer: "everything-daily", contact: "#analytics", minCompleteness: null },
  ]);
}

export async function registerReaders(ctx: Context, world: World): Promise<void> {
  for (const { eventType, consumer, minCompleteness = null, contact } of readersOf(world)) {
    const spec = { contact, minCompleteness, description: "", owner: null };
    await putConsumer({ ctx, input: { eventType, consumer, spec } });
  }
}
