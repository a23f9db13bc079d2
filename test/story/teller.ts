import { addMessage, emptyBatch } from "#domain/merge.ts";
import { parseEvent } from "#domain/protocol.ts";
import type { Context } from "#server/access/context.ts";
import { ingestView } from "#server/facts/ingest-view.ts";
import { namesOfBatch } from "#server/facts/names.ts";
import { writeBatch } from "#server/facts/write-batch.ts";
import { catalogueYaml } from "#simulator/catalogue.ts";
import type { World } from "#simulator/drill/world.ts";
import { pastMessages, snapshotMessages } from "#simulator/live.ts";
import { type CloudEvent, deploymentMessage } from "#simulator/messages.ts";
import { promisesYaml } from "#simulator/promises.ts";
import type { ManualClock } from "#test/worker-context.ts";

interface Told {
  ctx: Context;
  /** Of `ctx`: to be set where something has to be reported in between. */
  clock: ManualClock;
  from: Date;
  to: Date;
}

/** How the product learns what happens in a world. */
export interface Teller {
  /** The documents that it needs. */
  catalogue: string;
  /** What happened in (from, to], as of `to`. */
  tell(told: Told): Promise<void>;
  close(): Promise<void>;
}

/** Every reporter of the fleet sends what it knows. */
export function toldByExporters(world: World): Teller {
  const { simulation } = world;
  return {
    catalogue: [catalogueYaml(simulation), promisesYaml()].join("---\n"),
    tell: async ({ ctx: { database }, clock, from, to }) => {
      clock.set(to);
      const batch = emptyBatch();
      for (const messages of [
        pastMessages(simulation, from, to),
        snapshotMessages(simulation, from, to),
        baits(world, from, to),
      ])
        for (const event of messages) {
          const parsed = parseEvent(event, to);
          if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
          addMessage(batch, parsed.message);
        }
      const view = await ingestView(database);
      await writeBatch(database, clock, { batch, names: namesOfBatch(batch), view, rejected: [], instance: "drill" });
    },
    close: () => Promise.resolve(),
  };
}

/** The simulator deploys its own weekly releases and the bad ones; these are innocent, and known for longer than the day's other history. */
function* baits({ deployments, deploymentsFrom, simulation }: World, from: Date, to: Date): Generator<CloudEvent> {
  const since = from <= simulation.startAt ? deploymentsFrom : from;
  for (const { id, datacenter, component, version, deployedAt } of deployments) {
    if (!id.startsWith("bait") || datacenter === null || deployedAt <= since || deployedAt > to) continue;
    const deployedBy = "release-train";
    yield deploymentMessage({
      dc: datacenter,
      instance: "deployer",
      at: deployedAt,
      component,
      version: version ?? "1",
      deployedBy,
    });
  }
}
