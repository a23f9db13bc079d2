import { usualLimitSeconds } from "#domain/explain/delays.ts";
import { readCauseKey } from "#domain/incident.ts";
import { silentAfterSeconds } from "#domain/reasons.ts";
import { PlaceRecorder } from "#simulator/drill/place-recorder.ts";
import { troubleOf, truthOf } from "#simulator/drill/truth.ts";
import type { World } from "#simulator/drill/world.ts";
import type { EventTypeModel } from "#simulator/event-types.ts";
import { caughtUpAt, type Incident, isThrottle } from "#simulator/incidents.ts";
import { saidAt } from "#simulator/reachability.ts";

const minuteMs = 60_000;
const hourMs = 3_600_000;
const tierDeadlineMs = { high: 2 * hourMs, normal: 24 * hourMs, low: 72 * hourMs };

/** One lane's hour as it really was. */
export interface LaneTruth {
  dc: string;
  /** When the product could know. */
  closesAtMs: number;
  produced: number;
  lost: number;
  duplicated: number;
  skewed: number;
}

interface HourOutcome {
  lanes: readonly LaneTruth[];
  closesAtMs: number;
  deadlineAtMs: number;
}

/** What really happens in a world, independent of anything that the product computes. */
export class StoryTruth {
  readonly world: World;
  readonly places: ReadonlyMap<string, PlaceRecorder>;
  readonly #hours = new Map<string, HourOutcome>();

  constructor(world: World) {
    this.world = world;
    this.places = new Map(
      world.simulation.fleet.datacenters.map(({ name }) => [name, new PlaceRecorder(world.simulation, name)]),
    );
  }

  /** The next minute. */
  record(atMs: number): void {
    for (const place of this.places.values()) place.record(atMs);
  }

  get types(): readonly EventTypeModel[] {
    return this.world.simulation.fleet.eventTypes;
  }

  /** What is really behind an incident: of its place and trouble, begun by the instant. */
  behind(causeKey: string, atMs: number): Incident[] {
    const { datacenter, eventType, trouble } = readCauseKey(causeKey);
    if (datacenter !== null) return truthOf(this.world, datacenter, trouble, atMs);
    return this.world.incidents.filter(
      (each) =>
        each.fromAt.getTime() <= atMs &&
        (troubleOf[each.kind] === trouble || trouble === "unknown") &&
        (eventType === null || each.eventTypes === null || each.eventTypes.includes(eventType)),
    );
  }

  hour(eventType: string, hourStartMs: number): HourOutcome {
    const key = `${eventType} ${hourStartMs}`;
    const known = this.#hours.get(key);
    if (known) return known;
    const lanes = [...this.places.values()].flatMap((place) =>
      place.lanes
        .filter(({ lane }) => lane.type.name === eventType)
        .map((recorder): LaneTruth => {
          const plan = recorder.planOf(hourStartMs);
          const dc = place.datacenter;
          const said = saidAt(this.world.simulation.incidents, dc, "exporter-1", plan.closesAt);
          const { produced, lost, duplicated, skewed } = plan;
          return { dc, closesAtMs: said.getTime(), produced, lost, duplicated, skewed };
        }),
    );
    const outcome = {
      lanes,
      closesAtMs: Math.max(...lanes.map(({ closesAtMs }) => closesAtMs)),
      deadlineAtMs: hourStartMs + hourMs + this.deadlineMs(eventType),
    };
    this.#hours.set(key, outcome);
    return outcome;
  }

  deadlineMs(eventType: string): number {
    const type = this.types.find(({ name }) => name === eventType);
    if (!type) throw new Error(`The fleet has no ${eventType}.`);
    return type.deadline === "60m" ? hourMs : tierDeadlineMs[type.tier];
  }

  /** Something still slows the datacenter at the instant. */
  isSlowed(dc: string, atMs: number): boolean {
    return this.world.incidents.some(
      (each) => isThrottle(each) && each.dc === dc && each.fromAt.getTime() <= atMs && each.toAt.getTime() > atMs,
    );
  }

  /**
   * A host that loses events is silent, and counts what it produced when it is back: until then what is reported of these hours says that more
   * was delivered than produced. What came twice cannot be known.
   */
  isUncounted(dc: string, hourStartMs: number, atMs: number): boolean {
    return this.world.incidents.some(
      ({ kind, dc: at, fromAt, toAt }) =>
        kind === "host-loss" &&
        at === dc &&
        // The hour's last minutes are counted after its end.
        fromAt.getTime() < hourStartMs + hourMs + countedAfterMs &&
        atMs >= fromAt.getTime() &&
        atMs <= toAt.getTime() + countedAfterMs,
    );
  }

  /** The lossy host that has been silent for so long that it must be noticed, and is not back. */
  silentCounter(dc: string, atMs: number): string | undefined {
    const found = this.world.incidents.find(
      ({ kind, dc: at, fromAt, toAt }) =>
        kind === "host-loss" &&
        at === dc &&
        atMs >= fromAt.getTime() + silentAfterSeconds * 1000 + marginMs &&
        atMs <= toAt.getTime(),
    );
    return found?.cause.instance ?? undefined;
  }

  /** The last minute's lags beyond the usual limit, summed over the datacenter's lanes; `back`: of so many minutes before. */
  excessMs(dc: string, back = 0): number {
    const place = this.places.get(dc);
    if (!place) return 0;
    const at = place.atMs.length - 1 - back;
    const now = place.atMs[at];
    if (now === undefined) return 0;
    return place.lanes.reduce(
      (sum, { samples, limitMs }) => sum + Math.max(0, now - (samples.markMs[at] as number) - limitMs),
      0,
    );
  }

  /** The last minute's lag of a lane is beyond its usual limit. */
  isLate(eventType: string, dc: string): boolean {
    const place = this.places.get(dc);
    const now = place?.atMs.at(-1);
    const recorder = place?.lanes.find(({ lane }) => lane.type.name === eventType);
    const markMs = recorder?.samples.markMs.at(-1) ?? null;
    return recorder !== undefined && now !== undefined && markMs !== null && now - markMs > recorder.limitMs;
  }

  /** For how many minutes no lane of the datacenter has been later than usual. */
  calmMinutes(dc: string): number {
    let minutes = 0;
    const place = this.places.get(dc);
    while (place && minutes < place.atMs.length && this.excessMs(dc, minutes) === 0) minutes++;
    return minutes;
  }

  /**
   * The (type, hour)s that a datacenter's delay has affected by the instant: `surely` with a margin of some minutes, `perhaps` without
   * any: every ended hour that it closed later than it would have.
   */
  delayedHours(dc: string, atMs: number): { surely: Set<string>; perhaps: Set<string> } {
    const [surely, perhaps] = [new Set<string>(), new Set<string>()];
    const place = this.places.get(dc);
    const throttles = this.world.incidents.filter((each) => isThrottle(each) && each.dc === dc);
    const firstMs = Math.min(...throttles.map(({ fromAt }) => fromAt.getTime()));
    const lastMs = Math.max(...throttles.map((each) => (isThrottle(each) ? caughtUpAt(each).getTime() : 0)));
    for (const recorder of place?.lanes ?? []) {
      const limitMs = usualLimitSeconds(recorder) * 1000;
      for (
        let hour = Math.floor(firstMs / hourMs) * hourMs - hourMs;
        hour + hourMs <= atMs && hour < lastMs;
        hour += hourMs
      ) {
        const { lanes } = this.hour(recorder.lane.type.name, hour);
        const closesAtMs = lanes.find((lane) => lane.dc === dc)?.closesAtMs ?? 0;
        const waitedMs = Math.min(closesAtMs, atMs) - hour - hourMs;
        const key = `${recorder.lane.type.name} ${new Date(hour).toISOString().slice(0, 13)}`;
        if (closesAtMs > firstMs) perhaps.add(key);
        if (closesAtMs > firstMs && waitedMs > limitMs * clearly + marginMs) surely.add(key);
      }
    }
    return { surely, perhaps };
  }
}

/** Hosts that are back count what they produced within so long. */
export const countedAfterMs = 3 * minuteMs;
const marginMs = 4 * minuteMs;
/** What is usual is an estimate from a day of closings: the product saw them, the simulator planned them. */
const clearly = 1.25;
