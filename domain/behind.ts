import { formatElapsed } from "./duration.ts";
import { formatCount } from "./figures.ts";
import { formatInstant } from "./instant.ts";
import { allowedAgeSeconds, type Duty, duties, type TurnName, turnSpecs } from "./turn.ts";

/** What the database says about Tidemark's own progress. Ages in real seconds; null: nothing to be late with. */
export interface BehindFacts {
  /** Since a loop last completed a turn, in any process; since it was started if it never did. */
  turns: readonly {
    turn: string;
    ageSeconds: number;
    allowedSeconds: number;
    /** Since any process that runs the loop last reported, which it does every two seconds. */
    silentSeconds: number;
  }[];
  /** Since the first worker that still reports was started; null: none ever ran. */
  startedAgeSeconds: number | null;
  /** The oldest hour that began without a verdict row. */
  uncreatedSeconds: number | null;
  /** The oldest ended hour that waits for a judgement because its facts changed or its time came. */
  unjudgedSeconds: number | null;
  /** The oldest message or timer of notifications that is due and that no process took. */
  queuedSeconds: number | null;
  /** Why the database stores nothing now; null: it does. */
  refused: { reason: "read-only" | "full"; seconds: number } | null;
  /** Intakes that no process hears. */
  standingIntakes: readonly { name: string; standingSince: Date; standingSeconds: number; reason: string | null }[];
  /** An operator holds what is to be sent. */
  isSendingHeld: boolean;
  /** The largest difference between a worker's clock and the database's. */
  clockOffsetSeconds: number | null;
}

export interface Behind {
  what: Duty;
  ageSeconds: number;
  allowedSeconds: number;
  message: string;
}

interface Late extends Omit<Behind, "message"> {
  /** Its process does not report; else its loop does not come round, or its work has been waiting. */
  silent?: true;
  /** In place of its duty's sentence. */
  sentence?: string;
}

/** The longest acceptable wait, in real time. */
const backlogSeconds = 60;
const clockSeconds = 30;
/** A process that reports nothing for this long is frozen, cut off or gone, whatever its loops' limits. */
const silenceSeconds = 15;

/** What in Tidemark is behind, each by its own age, in the order of `duties`; empty: nothing. */
export function listBehind(facts: BehindFacts, { speed, pubsub }: { speed: number; pubsub: boolean }): Behind[] {
  const late: Late[] = [];
  const add = (what: Duty, ageSeconds: number | null, allowedSeconds: number) => {
    if (ageSeconds !== null && ageSeconds > allowedSeconds) {
      late.push({ what, ageSeconds: Math.floor(ageSeconds), allowedSeconds });
    }
  };
  if (facts.refused) {
    const { reason, seconds } = facts.refused;
    late.push({ what: "storage", ageSeconds: seconds, allowedSeconds: 0, sentence: refusalSentences[reason] });
  }
  add("clock", facts.clockOffsetSeconds, clockSeconds);
  add("current-hours", facts.uncreatedSeconds, backlogSeconds);
  add("judging", facts.unjudgedSeconds, backlogSeconds);
  add("delivery", facts.queuedSeconds, backlogSeconds);
  for (const [name, { duty }] of Object.entries(turnSpecs)) {
    if (duty === "ingest" && !pubsub) continue;
    const turn = facts.turns.find((each) => each.turn === name);
    // A loop that no process has ever reported, though others were: its worker does not even start.
    const age = turn?.ageSeconds ?? facts.startedAgeSeconds;
    add(duty, age, turn?.allowedSeconds ?? allowedAgeSeconds(name as TurnName, speed));
    // A database that stores nothing silences every worker, which is no fault of theirs.
    if (turn && turn.silentSeconds > silenceSeconds && facts.refused === null) {
      late.push({
        what: duty,
        ageSeconds: Math.floor(turn.silentSeconds),
        allowedSeconds: silenceSeconds,
        silent: true,
      });
    }
  }
  const standing = facts.standingIntakes.filter(({ standingSeconds }) => standingSeconds > backlogSeconds);
  if (standing.length > 0) {
    const ageSeconds = Math.floor(Math.max(...standing.map(({ standingSeconds }) => standingSeconds)));
    const sentence = standing.map(describeStanding).join(" ");
    late.push({ what: "ingest", ageSeconds, allowedSeconds: backlogSeconds, sentence });
  }
  const held: Late = { what: "delivery", ageSeconds: 0, allowedSeconds: 0, sentence: heldSentence };
  return duties.flatMap((duty) => {
    if (duty === "delivery" && facts.isSendingHeld) return [reported(held)];
    const [worst] = late.filter(({ what }) => what === duty).sort((a, b) => b.ageSeconds - a.ageSeconds);
    return worst ? [reported(worst)] : [];
  });
}

function reported(late: Late): Behind {
  const { what, ageSeconds, allowedSeconds } = late;
  return { what, ageSeconds, allowedSeconds, message: sentenceOf(late) };
}

const heldSentence =
  "Notifications are held since a restore: nothing is sent to anyone until an operator runs `npx tidemark resume`.";

const refusalSentences = {
  "read-only":
    "The database is read-only: nothing is stored, and reporters are asked to send again. Check its failover and default_transaction_read_only.",
  full: "The database's disk is full: nothing more is stored, and reporters are asked to send again. Free space or add some; Tidemark then continues by itself.",
};

function describeStanding({ name, standingSince, standingSeconds, reason }: BehindFacts["standingIntakes"][number]) {
  const why = reason === null ? "" : `: ${reason.replace(/[.\s]+$/, "")}`;
  return `${name} has not been heard since ${formatInstant(standingSince)} (${formatElapsed(standingSeconds)})${why}.`;
}

function sentenceOf({ what, ageSeconds, allowedSeconds, silent, sentence }: Late): string {
  if (sentence !== undefined || what === "storage") return sentence ?? "";
  const [age, limit] = formatApart(ageSeconds, allowedSeconds);
  if (silent) return `No worker for ${what} has reported for ${age} (limit ${limit}).`;
  const sentences: Record<Exclude<Duty, "storage">, string> = {
    clock: `A worker's clock is ${age} from the database's: it does not judge until they agree`,
    ingest: `No worker has taken events for ${age}`,
    collecting: `Sources have not been looked at for ${age}`,
    "current-hours": `Current hours have had no verdict for ${age}`,
    judging: `Judging is ${age} behind`,
    corrections: `Facts of corrections and deleted names have not been moved for ${age}`,
    alerting: `Alert rules have not been evaluated for ${age}`,
    delivery: `Notifications have not been delivered for ${age}`,
    forecasting: `Forecasts have not been refreshed for ${age}`,
    "roll-up": `Service levels have not been rolled up for ${age}`,
    "past-hours": `Past hours affected by corrections and catalogue changes have not been judged for ${age}`,
    maintenance: `Maintenance has not completed for ${age}`,
  };
  return `${sentences[what]} (limit ${limit}).`;
}

/** Both in seconds where minutes would not show that the first exceeds the second: "74 s" and "60 s". */
function formatApart(ageSeconds: number, allowedSeconds: number): [age: string, limit: string] {
  const words: [string, string] = [formatElapsed(ageSeconds), formatElapsed(allowedSeconds)];
  return words[0] === words[1] ? [`${formatCount(ageSeconds)} s`, `${formatCount(allowedSeconds)} s`] : words;
}
