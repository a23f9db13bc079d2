import type { Trouble } from "#domain/alert/reading.ts";
import { median } from "#domain/median.ts";
import { type DiagnosedBefore, diagnose } from "#domain/situation/diagnose.ts";
import type { HourFigures, IncidentFacts } from "#domain/situation/facts.ts";
import { isSame } from "#domain/situation/hold.ts";
import type { Diagnosis } from "#domain/situation/situation.ts";
import { type Incident, isThrottle } from "../incidents.ts";
import { type Held, isCalm, isLatePaged, miscountedHours } from "./alarms.ts";
import type { LaneRecorder } from "./lane-recorder.ts";
import { PlaceRecorder } from "./place-recorder.ts";
import { isRight, troubleOf, truthOf } from "./truth.ts";
import type { World } from "./world.ts";

const minuteMs = 60_000;
const hourMs = 3_600_000;
const endsAfterCalmMs = 10 * minuteMs;
/** Nothing changes any more about counts that are final. */
const miscountsLastMs = 90 * minuteMs;

/** What one minute's diagnosis said. */
export interface Said {
  atMs: number;
  diagnosis: Diagnosis | null;
  right: boolean;
  bait: boolean;
  /** Until the last affected lane has really caught up; null: it does not catch up yet, or there is nothing to. */
  remainingMs: number | null;
}

/** An incident from its page to its end. */
export interface Lived {
  datacenter: string;
  trouble: Trouble;
  openedMs: number;
  /** The earliest that it comes from. */
  truth: Incident;
  /** Nothing else delays the place meanwhile. */
  isAlone: boolean;
  said: Said[];
  changes: number;
}

interface Open extends Lived {
  before: DiagnosedBefore | null;
  calmSinceMs: number | null;
}

type MiscountTrouble = Exclude<Trouble, "late" | "unknown" | "blind">;

/** Lives a world minute by minute: samples, pages, diagnoses. `watch` sees the facts of every diagnosis. */
export function liveThrough(
  world: World,
  watch?: (facts: IncidentFacts, before: DiagnosedBefore | null, diagnosis: Diagnosis | null) => void,
): Lived[] {
  const names = [...new Set(world.incidents.map(({ dc }) => dc))];
  return names.flatMap((name) => livePlace(world, new PlaceRecorder(world.simulation, name), watch));
}

function livePlace(world: World, place: PlaceRecorder, watch: Parameters<typeof liveThrough>[1]): Lived[] {
  const done: Lived[] = [];
  const open = new Map<Trouble, Open>();
  const held: Held = { backlogSinceMs: null, regressionSinceMs: null };
  const here = world.incidents.filter(({ dc }) => dc === place.datacenter);
  const troubles = [...new Set(here.map(({ kind }) => troubleOf[kind]))];
  const miscounts = troubles.filter((trouble): trouble is MiscountTrouble => trouble !== "late");
  const usual = usualCounts();
  const firstMs = Math.min(...here.map(({ fromAt }) => fromAt.getTime()));
  for (let atMs = world.fromMs; atMs <= world.toMs; atMs += minuteMs) {
    place.record(atMs);
    if (atMs < firstMs) continue;
    if (troubles.includes("late")) {
      const late = open.get("late");
      if (!late && isLatePaged(place, world, held)) openIncident("late", atMs);
      else if (late) {
        isLatePaged(place, world, held);
        late.calmSinceMs = isCalm(place) ? (late.calmSinceMs ?? atMs) : null;
        if (late.calmSinceMs !== null && atMs - late.calmSinceMs >= endsAfterCalmMs) {
          open.delete("late");
          for (const lane of place.lanes) lane.isNamed = false;
          Object.assign(held, { backlogSinceMs: null, regressionSinceMs: null });
        }
      }
    }
    for (const trouble of miscounts) {
      const known = open.get(trouble);
      if (known && atMs - known.openedMs > miscountsLastMs) continue;
      const hours = miscountedHours(place, trouble, usual.of);
      if (hours.length === 0) continue;
      // A late datacenter's missing reporters belong to its delay.
      if (!known && !(trouble === "unreported" && open.has("late"))) openIncident(trouble, atMs);
      say(open.get(trouble), atMs, hours);
    }
    say(open.get("late"), atMs, []);
    if (done.length >= troubles.length && open.size === miscounts.length && [...open.values()].every(isOver(atMs)))
      break;
  }
  for (const incident of done) if (incident.trouble === "late") addRemaining(incident, place, here);
  return done;

  function isOver(atMs: number) {
    return ({ trouble, openedMs }: Open) => trouble !== "late" && atMs - openedMs > miscountsLastMs;
  }

  function openIncident(trouble: Trouble, atMs: number): void {
    const [truth] = truthOf(world, place.datacenter, trouble, atMs);
    if (!truth) return;
    const incident: Open = {
      datacenter: place.datacenter,
      trouble,
      openedMs: atMs,
      truth,
      isAlone: here.filter(isThrottle).length < 2,
      said: [],
      changes: 0,
      before: null,
      calmSinceMs: null,
    };
    open.set(trouble, incident);
    done.push(incident);
  }

  function say(incident: Open | undefined, atMs: number, hours: readonly HourFigures[]): void {
    if (!incident) return;
    const { datacenter, trouble, openedMs, before } = incident;
    const facts: IncidentFacts = {
      now: new Date(atMs),
      openedAt: new Date(openedMs),
      trouble,
      eventType: null,
      places: [place.facts(hours, trouble === "volume" ? usual.byHour(place) : new Map())],
      deployments: world.deployments.filter(({ deployedAt }) => deployedAt.getTime() <= atMs),
      deploymentsFrom: world.deploymentsFrom,
      telemetryAgeSeconds: 0,
    };
    const diagnosis = diagnose(facts, before);
    watch?.(facts, before, diagnosis);
    const truth = truthOf(world, datacenter, trouble, atMs);
    incident.said.push({
      atMs,
      diagnosis,
      right: diagnosis !== null && isRight(diagnosis.cause, truth),
      bait: diagnosis?.cause.deploymentId?.startsWith("bait") ?? false,
      remainingMs: null,
    });
    if (!diagnosis) return;
    if (before && !isSame(before.cause, diagnosis.cause)) incident.changes += 1;
    incident.before = diagnosis;
  }
}

/** When the last lane really was no further behind than usual; unknown while something still slows it, or will before that. */
function addRemaining({ said }: Lived, place: PlaceRecorder, here: readonly Incident[]): void {
  const first = said[0]?.atMs ?? 0;
  const last = said.at(-1)?.atMs ?? 0;
  const caughtUpMs = lastBehindMs(place, first, last);
  const throttles = here.filter(isThrottle);
  for (const each of said) {
    const isFree = throttles.every(
      ({ fromAt, toAt }) => toAt.getTime() <= each.atMs || fromAt.getTime() > (caughtUpMs ?? 0),
    );
    each.remainingMs = caughtUpMs !== null && caughtUpMs > each.atMs && isFree ? caughtUpMs - each.atMs : null;
  }
}

/** The first minute after the last one with a lane beyond its usual limit. */
function lastBehindMs({ atMs, lanes }: PlaceRecorder, fromMs: number, toMs: number): number | null {
  for (let at = atMs.length - 1; at >= 0 && (atMs[at] as number) >= fromMs; at--) {
    const now = atMs[at] as number;
    if (now > toMs) continue;
    const behind = lanes.some((lane) => lane.isDelayed(now, lane.samples.markMs[at] as number));
    if (behind) return at === atMs.length - 1 ? null : now + minuteMs;
  }
  return null;
}

/** What a lane usually produces in an hour: the median of the same hour in the four weeks before. */
function usualCounts() {
  const known = new Map<LaneRecorder, Map<number, number>>();
  const of = (lane: LaneRecorder, hourStartMs: number): number => {
    const hours = known.get(lane) ?? new Map<number, number>();
    known.set(lane, hours);
    let usual = hours.get(hourStartMs);
    if (usual === undefined) {
      const before = [1, 2, 3, 4].map((weeks) => lane.planOf(hourStartMs - weeks * 168 * hourMs).produced);
      usual = median(before) ?? 0;
      hours.set(hourStartMs, usual);
    }
    return usual;
  };
  const byHour = ({ lanes, atMs }: PlaceRecorder) =>
    new Map(
      lanes.map((lane) => {
        for (
          let hour = Math.floor((atMs[0] as number) / hourMs) * hourMs;
          hour <= (atMs.at(-1) as number);
          hour += hourMs
        )
          of(lane, hour);
        return [lane.lane.type.name, known.get(lane) ?? new Map<number, number>()];
      }),
    );
  return { of, byHour };
}
