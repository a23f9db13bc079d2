import { addMessage, emptyBatch } from "#domain/merge.ts";
import { parseEvent } from "#domain/protocol.ts";
import { ingestView } from "#server/facts/ingest-view.ts";
import { namesOfBatch } from "#server/facts/names.ts";
import { writeBatch } from "#server/facts/write-batch.ts";
import { pastMessages, snapshotMessages } from "#simulator/live.ts";
import type { Simulation } from "#simulator/simulation.ts";
import { judgeAll } from "#test/judge-and-alert.ts";
import type { TestDatabase } from "./database.ts";
import { type ManualClock, workerContext } from "./worker-context.ts";

export interface LivedFleet {
  simulation: Simulation;
  test: TestDatabase;
  clock: ManualClock;
}

/** The fleet's messages between two instants, ingested and judged by the second as in a running product. */
export async function liveOn(fleet: LivedFleet, from: Date, to: Date): Promise<void> {
  await reportOn(fleet, from, to);
  await judgeAll(workerContext(fleet.test.database, fleet.clock));
}

/** The same, not judged. */
export async function reportOn({ simulation, test, clock }: LivedFleet, from: Date, to: Date): Promise<void> {
  clock.set(to);
  const batch = emptyBatch();
  for (const messages of [pastMessages(simulation, from, to), snapshotMessages(simulation, from, to)]) {
    for (const event of messages) {
      const parsed = parseEvent(event, to);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
      addMessage(batch, parsed.message);
    }
  }
  await writeBatch(test.database, clock, {
    batch,
    names: namesOfBatch(batch),
    view: await ingestView(test.database),
    rejected: [],
    instance: "drill",
  });
}
