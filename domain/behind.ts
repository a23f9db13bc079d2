import { formatElapsed } from "./duration.ts";
import { allowedAgeSeconds, type Duty, duties, type TurnName, turnSpecs } from "./turn.ts";

/** What stands in the database of how far Tidemark is. Ages in real seconds; null: there is nothing to be late with. */
export interface BehindFacts {
  /** Since a loop last did what it is there for, by any process; since it was started, where it never did. */
  turns: readonly {
    turn: string;
    ageSeconds: number;
    allowedSeconds: number;
    /** Since any process that runs the loop last reported at all, which it does every other second. */
    silentSeconds: number;
  }[];
  /** Since the first worker was started that still speaks of itself; null: none ever ran. */
  startedAgeSeconds: number | null;
  /** The oldest hour that began without a verdict row. */
  unbornSeconds: number | null;
  /** The oldest ended hour whose facts changed or that time made due, without being judged. */
  unjudgedSeconds: number | null;
  /** The oldest job that could run and does not. */
  queuedSeconds: number | null;
  /** Of the worker whose clock is furthest from the database's: how far. */
  clockOffsetSeconds: number | null;
}

export interface Behind {
  what: Duty;
  ageSeconds: number;
  allowedSeconds: number;
  message: string;
}

interface Late extends Omit<Behind, "message"> {
  /** Its process says nothing; else its loop does not come round, or what waits for it has waited. */
  silent?: true;
}

/** What is waited for may wait so long in real time. */
const backlogSeconds = 60;
const clockSeconds = 30;
/** A process that reports nothing for so long is frozen, cut off or gone, whatever its loops may take. */
const silenceSeconds = 15;

/** What of Tidemark is behind, each by its own age, in the order of `duties`; empty: nothing is. */
export function listBehind(facts: BehindFacts, { speed, pubsub }: { speed: number; pubsub: boolean }): Behind[] {
  const late: Late[] = [];
  const add = (what: Duty, ageSeconds: number | null, allowedSeconds: number) => {
    if (ageSeconds !== null && ageSeconds > allowedSeconds) {
      late.push({ what, ageSeconds: Math.floor(ageSeconds), allowedSeconds });
    }
  };
  add("clock", facts.clockOffsetSeconds, clockSeconds);
  add("births", facts.unbornSeconds, backlogSeconds);
  add("judging", facts.unjudgedSeconds, backlogSeconds);
  add("delivery", facts.queuedSeconds, backlogSeconds);
  for (const [name, { duty }] of Object.entries(turnSpecs)) {
    if (duty === "ingest" && !pubsub) continue;
    const turn = facts.turns.find((each) => each.turn === name);
    // A loop that no process has ever spoken of, though others did: its worker does not even start.
    const age = turn?.ageSeconds ?? facts.startedAgeSeconds;
    add(duty, age, turn?.allowedSeconds ?? allowedAgeSeconds(name as TurnName, speed));
    if (turn && turn.silentSeconds > silenceSeconds) {
      late.push({
        what: duty,
        ageSeconds: Math.floor(turn.silentSeconds),
        allowedSeconds: silenceSeconds,
        silent: true,
      });
    }
  }
  return duties.flatMap((duty) => {
    const [worst] = late.filter(({ what }) => what === duty).sort((a, b) => b.ageSeconds - a.ageSeconds);
    if (!worst) return [];
    const { what, ageSeconds, allowedSeconds } = worst;
    return [{ what, ageSeconds, allowedSeconds, message: sentenceOf(worst) }];
  });
}

function sentenceOf({ what, ageSeconds, allowedSeconds, silent }: Late): string {
  const age = formatElapsed(ageSeconds);
  if (silent) return `No worker for ${what} has reported for ${age} (limit ${formatElapsed(allowedSeconds)}).`;
  const sentences: Record<Duty, string> = {
    clock: `A worker's clock is ${age} from the database's: it judges nothing until they agree`,
    ingest: `No worker has taken events from Pub/Sub for ${age}`,
    births: `Hours that began have had no verdict for ${age}`,
    judging: `Judging is ${age} behind`,
    corrections: `The facts of corrections and of deleted names have not been moved for ${age}`,
    alerting: `Alert rules have not been evaluated for ${age}`,
    delivery: `Notifications have not been delivered for ${age}`,
    forecasting: `Forecasts have not been refreshed for ${age}`,
    "roll-up": `Service levels have not been rolled up for ${age}`,
    "past-hours": `What corrections and catalogue changes ask of past hours has not been judged for ${age}`,
    maintenance: `Maintenance has not completed for ${age}`,
  };
  return `${sentences[what]} (limit ${formatElapsed(allowedSeconds)}).`;
}
