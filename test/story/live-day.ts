import type { Database } from "#server/db/database.ts";
import type { World } from "#simulator/drill/world.ts";
import { workerContext } from "#test/worker-context.ts";
import { StoryChecker } from "./check-moment.ts";
import type { Contradiction } from "./contradiction.ts";
import type { Moment } from "./moment.ts";
import { registerReaders } from "./readers.ts";
import { StoryDay } from "./story-day.ts";
import { settledMs } from "./story-harm.ts";
import { StoryTruth } from "./story-truth.ts";

const minuteMs = 60_000;
/** A day ends when nothing has been open for this long, after all that happened can be seen. */
const calmMinutes = 15;

export interface LivedDay {
  minutes: number;
  texts: number;
  incidents: number;
  /** What had to be noticed. None of either: nothing was opened because nothing was harmed. */
  harms: number;
}

/** Lives through a world on an empty, migrated database, and hands every minute and its contradictions to `watch`. */
export async function liveDay(
  database: Database,
  world: World,
  watch: (moment: Moment, contradictions: readonly Contradiction[], truth: StoryTruth) => void,
): Promise<LivedDay> {
  const truth = new StoryTruth(world);
  const checker = new StoryChecker(truth);
  const day = await StoryDay.begin(database, world);
  await registerReaders(workerContext(database, day.clock), world);
  const lastMs = Math.max(settledMs(truth), ...world.incidents.map(({ toAt }) => toAt.getTime()));
  const incidents = new Set<string>();
  let [minutes, calm] = [0, 0];
  try {
    truth.record(world.fromMs);
    for (let atMs = world.fromMs + minuteMs; atMs <= world.toMs && calm < calmMinutes; atMs += minuteMs) {
      truth.record(atMs);
      await day.live();
      const moment = await day.read();
      for (const { id } of moment.incidents) incidents.add(id);
      watch(moment, checker.check(moment), truth);
      minutes += 1;
      calm = atMs > lastMs && moment.board.incidents.length === 0 ? calm + 1 : 0;
    }
  } finally {
    await day.close();
  }
  return { minutes, texts: checker.texts, incidents: incidents.size, harms: checker.harms.length };
}
