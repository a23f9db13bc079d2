import { median } from "#domain/median.ts";
import type { World } from "#simulator/drill/world.ts";
import type { Account, Fired } from "./account.ts";
import { StoryTruth } from "./story-truth.ts";

const backlogRules: readonly string[] = ["backlog-old-high", "backlog-near-retention", "backlog-half-retention"];

/** Seconds: the least, the middle one and the most; null: there is none. */
export interface Spread {
  count: number;
  least: number;
  median: number;
  most: number;
}

/** The same day as two sources reported it: what the one costs, of what the other had. */
export interface Comparison {
  /** Between when an hour closed and when this account says that it did. */
  closedLater: Spread | null;
  /** Between when an hour closed and when this account knew. */
  knownAfter: Spread | null;
  /** Between when each knew of a closing. */
  knownLater: Spread | null;
  /** Closings said of hours that were not closed then, or that are in one account alone. */
  falseClosings: string[];
  /** Between the same backlog alerts. */
  backlogLater: Spread | null;
  /** All other alerts that both had, by rule. */
  otherLater: ReadonlyMap<string, Spread>;
  onlyHere: string[];
  onlyThere: string[];
  /** Between the first messages. */
  pagedLater: number | null;
}

/** `here` as it differs from `there`. */
export function compareAccounts(world: World, here: Account, there: Account): Comparison {
  const truth = new StoryTruth(world);
  const known = new Map(there.closings.map((closing) => [closing.lane, closing]));
  const closedAtMs = (lane: string) => {
    const [eventType = "", dc = "", hour = ""] = lane.split(" ");
    const { lanes } = truth.hour(eventType, Date.parse(`${hour}:00:00Z`));
    return lanes.find((each) => each.dc === dc)?.closesAtMs ?? Number.NaN;
  };
  const falseClosings = here.closings
    .filter(({ lane, closedAtMs: said }) => !(said >= closedAtMs(lane)))
    .map(({ lane }) => lane);
  const real = here.closings.filter(({ lane }) => !falseClosings.includes(lane));
  const pairs = pairAlerts(here.fired, there.fired);
  const isBacklog = ({ rule }: Fired) => backlogRules.includes(rule);
  const later = (some: typeof pairs) => spreadOf(some.map(([a, b]) => a.atMs - b.atMs));
  const others = Map.groupBy(
    pairs.filter(([a]) => !isBacklog(a)),
    ([{ rule }]) => rule,
  );
  return {
    closedLater: spreadOf(real.map(({ lane, closedAtMs: said }) => said - closedAtMs(lane))),
    knownAfter: spreadOf(real.map(({ lane, knownMs }) => knownMs - closedAtMs(lane))),
    knownLater: spreadOf(
      real.flatMap(({ lane, knownMs }) => {
        const other = known.get(lane);
        return other ? [knownMs - other.knownMs] : [];
      }),
    ),
    falseClosings,
    backlogLater: later(pairs.filter(([a]) => isBacklog(a))),
    otherLater: new Map([...others].flatMap(([rule, some]) => [[rule, later(some) as Spread]])),
    onlyHere: namesOf(here.fired.filter((each) => !pairs.some(([a]) => a === each))),
    onlyThere: namesOf(there.fired.filter((each) => !pairs.some(([, b]) => b === each))),
    pagedLater: here.pagedMs === null || there.pagedMs === null ? null : (here.pagedMs - there.pagedMs) / 1000,
  };
}

function pairAlerts(here: readonly Fired[], there: readonly Fired[]): [Fired, Fired][] {
  const key = ({ rule, datacenter, eventType }: Fired) => JSON.stringify([rule, datacenter, eventType]);
  const others = new Map(there.map((each) => [key(each), each]));
  return here.flatMap((each): [Fired, Fired][] => {
    const other = others.get(key(each));
    return other ? [[each, other]] : [];
  });
}

const namesOf = (fired: readonly Fired[]) =>
  fired.map(({ rule, datacenter, eventType }) => [rule, datacenter, eventType].filter((each) => each).join(" "));

function spreadOf(ms: readonly number[]): Spread | null {
  const middle = median(ms);
  if (middle === null) return null;
  const [least, most] = [Math.min(...ms), Math.max(...ms)];
  return { count: ms.length, least: least / 1000, median: middle / 1000, most: most / 1000 };
}
