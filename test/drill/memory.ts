import type { DrillMachine } from "./machine.ts";

interface Sample {
  atMs: number;
  pid: number;
  bytes: number;
}

export interface MemoryOfProcess {
  /** "a web" */
  name: string;
  startMib: number;
  peakMib: number;
  /** By least squares over the second half, of the instance that lived longest in it. */
  mibPerMinute: number;
  /** How much of the second half that instance lived. */
  livedMs: number;
}

export interface MemoryWatch {
  stop(): Promise<MemoryOfProcess[]>;
}

const everyMs = 2_000;
const mib = 1024 ** 2;

/** The memory of their own of all processes on the machines, a restarted one under the same name. */
export function watchMemory(machines: readonly DrillMachine[]): MemoryWatch {
  const samples = new Map<string, Sample[]>();
  const startedMs = performance.now();
  const look = async () => {
    for (const machine of machines)
      for (const { name, pid, bytes } of await machine.processes()) {
        const key = `${machine.name} ${name}`;
        const list = samples.get(key) ?? [];
        list.push({ atMs: performance.now(), pid, bytes });
        samples.set(key, list);
      }
  };
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look).catch(() => undefined);
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
      const halfMs = (startedMs + performance.now()) / 2;
      return [...samples].sort().map(([name, list]) => {
        const late = Map.groupBy(
          list.filter(({ atMs }) => atMs >= halfMs),
          ({ pid }) => pid,
        );
        const longest = [...late.values()].sort((one, other) => other.length - one.length)[0] ?? [];
        return {
          name,
          startMib: (list[0]?.bytes ?? 0) / mib,
          peakMib: Math.max(...list.map(({ bytes }) => bytes)) / mib,
          mibPerMinute: (slopeOf(longest) / mib) * 60_000,
          livedMs: (longest.at(-1)?.atMs ?? 0) - (longest[0]?.atMs ?? 0),
        };
      });
    },
  };
}

/** Bytes per millisecond; 0 of fewer than two samples. */
function slopeOf(samples: readonly Sample[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  const [at, bytes] = [mean(samples.map(({ atMs }) => atMs)), mean(samples.map((sample) => sample.bytes))];
  const over = samples.reduce((sum, sample) => sum + (sample.atMs - at) * (sample.bytes - bytes), 0);
  const under = samples.reduce((sum, { atMs }) => sum + (atMs - at) ** 2, 0);
  return under > 0 ? over / under : 0;
}
