import { setTimeout as sleep } from "node:timers/promises";
import type { StatusJson } from "#domain/api/board.ts";
import type { VerdictSummaryJson } from "#domain/api/verdict.ts";
import { addHours, formatHour } from "#domain/hour.ts";
import { randomOf } from "#simulator/random.ts";
import { honestTypes } from "#test/hostile/honest-ledger.ts";
import { until } from "#test/until.ts";
import { type Fault, type FaultKind, faultKinds } from "./faults.ts";
import { type DrillLoad, startLoad } from "./load.ts";
import type { DrillMachine } from "./machine.ts";
import { type MemoryOfProcess, watchMemory } from "./memory.ts";
import { type Page, startPages } from "./pages.ts";
import { type Scene, setScene } from "./scene.ts";
import { planFaults } from "./schedule.ts";

export interface DrillOptions {
  minutes: number;
  seed: number;
  /** Reports per second. */
  rate: number;
  /** Kinds of faults; absent: all. */
  only?: readonly string[];
  /** Ends it early: it throws once everything is removed. */
  signal?: AbortSignal;
  say(sentence: string): void;
}

export interface HappenedFault {
  kind: string;
  what: string;
  /** From its start until it was over. */
  lastedMs: number;
  /** The longest time without an acknowledgement in it or in the calm after it. */
  stoodStillMs: number;
  /** Why it could not be started or ended; null: it was. */
  failure: string | null;
}

export interface DrillResult {
  options: DrillOptions;
  faults: HappenedFault[];
  /** Kinds that were left out, and why. */
  leftOut: string[];
  pages: readonly Page[];
  undue: string[];
  /** Pages whose incident is not resolved though its condition has ended. */
  unresolved: string[];
  counted: DrillLoad["counted"];
  refusals: ReadonlyMap<string, number>;
  waitedMs: readonly number[];
  verdicts: { compared: number; differences: string[] };
  /** What is behind in the end, and does not catch up. */
  behind: string | null;
  memory: MemoryOfProcess[];
}

const halfAnHour = 30;
/** A short drill has short faults: those of half an hour divided by at most so much. */
const leastPace = 0.4;

/** Runs the whole drill; throws only if it cannot be set up. */
export async function runDrill(options: DrillOptions): Promise<DrillResult> {
  const { minutes, seed, rate, only, say, signal } = options;
  const rest = (ms: number) => sleep(ms, undefined, { signal });
  const isMeant = ({ name }: FaultKind) => only === undefined || only.includes(name);
  const [hourMs, pageMs] = minutes >= 10 ? [10_000, 20_000] : [3_000, 6_000];
  const drillMs = minutes * 60_000;
  // The last fault and the calm after it may outlast the drill's minutes.
  const scene = await setScene({
    pages: Math.ceil((drillMs / pageMs) * 1.5),
    hours: Math.ceil((drillMs / hourMs) * 1.5),
    upgrades: faultKinds.some((kind) => kind.name === "upgrade" && isMeant(kind)),
    say,
  });
  try {
    const leftOut = faultKinds.flatMap((kind) => {
      const why = isMeant(kind) ? kind.whyNot?.(scene) : null;
      return why ? [`${kind.name}: ${why}`] : [];
    });
    const kinds = faultKinds.filter((kind) => isMeant(kind) && !kind.whyNot?.(scene));
    const urls = scene.machines.map(({ url }) => url);
    const { token } = scene.fleet;
    const logged = () => scene.machines.map((machine) => machine.output()).join("\n");
    const load = startLoad({ urls, token, rate, logged, firstHour: scene.firstHour, hourMs });
    const { paged, pagedHour: hour, receiver } = scene;
    const pages = startPages({ paged, hour, everyMs: pageMs, load, receiver });
    const memory = watchMemory(scene.machines);
    const random = randomOf(seed, "where");
    const pace = Math.max(leastPace, Math.min(1, minutes / halfAnHour));
    const startedMs = performance.now();
    const happened: (Omit<HappenedFault, "stoodStillMs"> & { fromMs: number; toMs: number })[] = [];
    for (const { kind: name, holdMs, calmMs } of planFaults({ seed, kinds, pace })) {
      if (performance.now() - startedMs >= drillMs) break;
      const kind = kinds.find((each) => each.name === name) as FaultKind;
      const fromMs = performance.now();
      let fault: Fault | null = null;
      let failure: string | null = null;
      try {
        fault = await kind.start({ scene, load, random });
        await rest(holdMs);
        await fault.end();
      } catch (error) {
        signal?.throwIfAborted();
        failure = (error as Error).message;
      }
      const lastedMs = performance.now() - fromMs;
      const what = fault?.what ?? "could not be started";
      say(`${((fromMs - startedMs) / 1000).toFixed(0)} s: ${name}, ${what} (${(lastedMs / 1000).toFixed(1)} s)`);
      if (failure !== null) say(failure);
      await rest(calmMs);
      happened.push({ kind: name, what, lastedMs, failure, fromMs, toMs: performance.now() });
    }
    await rest(Math.max(0, startedMs + drillMs - performance.now()));
    await load.rest();
    await pages.stop();
    await load.stop();
    say("Everything is acknowledged; waiting until all is judged.");
    const behind = await untilWell(scene);
    const verdicts = await compare(scene, load);
    const unresolved = await findUnresolved(scene, pages.due);
    return {
      ...{ options, leftOut, pages: pages.due, undue: pages.undue(), unresolved, verdicts, behind },
      ...{ counted: load.counted, refusals: load.refusals, waitedMs: load.waitedMs, memory: await memory.stop() },
      faults: happened.map(({ fromMs, toMs, ...fault }) => ({
        ...{ ...fault, stoodStillMs: longestGap(load.acknowledgedAtMs, fromMs, toMs) },
      })),
    };
  } finally {
    await scene.end();
  }
}

/** Between acknowledgements, one of which was in that time or the gap spans it. */
function longestGap(atMs: readonly number[], fromMs: number, toMs: number): number {
  let longest = 0;
  for (let index = 1; index < atMs.length; index += 1) {
    const [before, after] = [atMs[index - 1] as number, atMs[index] as number];
    if (after > fromMs && before < toMs) longest = Math.max(longest, after - before);
  }
  return longest;
}

const wellSeconds = 180;

/** null once all is judged and nothing is behind on any machine; else what is. */
async function untilWell({ machines, fleet }: Scene): Promise<string | null> {
  const look = async ({ network }: DrillMachine) => {
    const { behind, dirtyHours } = await fleet.get<StatusJson>(network, "/status");
    return behind.length === 0 && dirtyHours === 0 ? null : JSON.stringify({ on: network.name, behind, dirtyHours });
  };
  return until(
    "all is judged and nothing is behind",
    async () => {
      const said = (await Promise.all(machines.map(look))).find((each) => each !== null);
      return said === undefined || (said as string);
    },
    wellSeconds,
  ).then(
    () => null,
    (error: Error) => error.message,
  );
}

/** Every hour that was counted in: what its verdict says beside what reporters counted. */
async function compare({ machines, fleet, firstHour }: Scene, load: DrillLoad): Promise<DrillResult["verdicts"]> {
  const [{ network }] = machines as [DrillMachine];
  const said = new Map<string, VerdictSummaryJson>();
  const hours = Math.ceil(load.expected.length / honestTypes.length);
  for (const eventType of honestTypes)
    for (let from = 0; from < hours; from += 400) {
      const [first, last] = [addHours(firstHour, from), addHours(firstHour, Math.min(hours, from + 400))];
      const span = `from=${formatHour(first)}&to=${formatHour(last)}&limit=500`;
      const path = `/event-types/${eventType}/hours?${span}`;
      const { items } = await fleet.get<{ items: VerdictSummaryJson[] }>(network, path);
      for (const item of items) said.set(`${eventType} ${item.hour}`, item);
    }
  const differences = load.expected.flatMap(({ hour, eventType, expected }) => {
    const found = said.get(`${eventType} ${hour}`);
    const is = found && { produced: found.produced, delivered: found.delivered, state: found.state };
    const [wanted, got] = [JSON.stringify(expected), JSON.stringify(is ?? null)];
    return wanted === got ? [] : [`${eventType} ${hour}: ${wanted} counted, ${got} in its verdict`];
  });
  return { compared: load.expected.length, differences };
}

async function findUnresolved({ machines, fleet }: Scene, pages: readonly Page[]): Promise<string[]> {
  const [{ network }] = machines as [DrillMachine];
  const arrived = pages.filter((page) => page.incident !== null);
  let open: string[] = [];
  await until("every incident whose events have arrived is resolved", async () => {
    open = [];
    for (const { eventType, incident } of arrived) {
      const { state } = await fleet.get<{ state: string }>(network, `/incidents/${incident}`);
      if (state !== "resolved") open.push(`${eventType}: ${state}`);
    }
    return open.length === 0 || open.join(", ");
  }).catch(() => undefined);
  return open;
}
