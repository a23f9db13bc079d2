import { migrateDatabase } from "#server/db/schema-engine.ts";
import type { Random } from "#simulator/random.ts";
import { processesOf } from "#test/processes-of.ts";
import { until } from "#test/until.ts";
import type { DrillLoad } from "./load.ts";
import type { Scene } from "./scene.ts";

export interface FaultTerms {
  scene: Scene;
  load: DrillLoad;
  random: Random;
}

export interface Fault {
  /** "kill -9 of alert on b" */
  what: string;
  /** Ends it; settles once whoever has to has come back by itself. */
  end(): Promise<void>;
}

export interface FaultKind {
  name: string;
  holdSeconds: readonly [least: number, most: number];
  /** Before all others. */
  isFirst?: boolean;
  isOnce?: boolean;
  /** Of what cannot be done on this machine. */
  whyNot?(scene: Scene): string | null;
  start(terms: FaultTerms): Promise<Fault>;
}

/** Nothing to undo. */
const nothing = () => Promise.resolve();
const pick = <T>(list: readonly T[], random: Random) => list[Math.floor(random() * list.length)] as T;
const killable = ["web", "evaluate", "alert", "notify", "maintain"];

/** A process of a machine, and waits until another one does its work. */
async function pickProcess({ scene, random }: FaultTerms) {
  const machine = pick(scene.machines, random);
  const name = pick(killable, random);
  const find = async () => (await machine.processes()).find((process) => process.name === name)?.pid;
  let pid = 0;
  await until(`${name} runs on ${machine.name}`, async () => {
    pid = (await find()) ?? 0;
    return pid > 0;
  });
  const untilReplaced = () =>
    until(`another ${name} runs on ${machine.name}`, async () => {
      const now = await find();
      return (now !== undefined && now !== pid) || machine.output();
    });
  return { machine, name, pid, untilReplaced };
}

export const faultKinds: readonly FaultKind[] = [
  {
    name: "upgrade",
    holdSeconds: [0, 0],
    isFirst: true,
    isOnce: true,
    whyNot: ({ release }) => (release === null ? "the previous release cannot be started here" : null),
    async start({ scene }) {
      await migrateDatabase(scene.postgres.url);
      for (const machine of scene.machines) {
        await machine.stop();
        await machine.start();
      }
      return { what: "migrations, then each machine from the previous release to this version", end: nothing };
    },
  },
  {
    name: "kill",
    holdSeconds: [0, 0],
    async start(terms) {
      const { machine, name, pid, untilReplaced } = await pickProcess(terms);
      process.kill(pid, "SIGKILL");
      return { what: `kill -9 of ${name} on ${machine.name}`, end: untilReplaced };
    },
  },
  {
    name: "freeze",
    holdSeconds: [0, 0],
    async start(terms) {
      const { machine, name, pid, untilReplaced } = await pickProcess(terms);
      process.kill(pid, "SIGSTOP");
      return { what: `${name} on ${machine.name} stands still (SIGSTOP)`, end: untilReplaced };
    },
  },
  {
    name: "restart",
    holdSeconds: [0, 0],
    async start({ scene, random }) {
      const machine = pick(scene.machines, random);
      await machine.stop();
      return { what: `all of ${machine.name} ended by SIGTERM and started again`, end: () => machine.start() };
    },
  },
  {
    name: "power",
    holdSeconds: [5, 20],
    async start({ scene, random }) {
      const machine = pick(scene.machines, random);
      await machine.kill();
      return { what: `${machine.name} loses its power, and boots`, end: () => machine.start() };
    },
  },
  {
    name: "cut",
    holdSeconds: [20, 40],
    async start({ scene, random }) {
      const { network } = pick(scene.machines, random);
      await network.cut();
      return { what: `${network.name} cut off the network`, end: () => network.plug() };
    },
  },
  {
    name: "clock",
    holdSeconds: [20, 40],
    whyNot: ({ faketime }) => (faketime === null ? "libfaketime is not installed" : null),
    async start({ scene, random }) {
      const machine = pick(scene.machines, random);
      const minutes = Math.round(5 + random() * 175) * (random() < 0.5 ? -1 : 1);
      await machine.setClock(minutes * 60);
      const direction = minutes < 0 ? "back" : "ahead";
      const what = `the clock of ${machine.name} jumps ${Math.abs(minutes)} min ${direction}`;
      return { what, end: () => machine.setClock(0) };
    },
  },
  {
    name: "disk-full",
    holdSeconds: [10, 30],
    async start({ scene }) {
      const empty = await scene.server().tables.fill();
      return { what: "no block is left on the disk of the primary's tables", end: empty };
    },
  },
  {
    name: "disk-slow",
    holdSeconds: [20, 40],
    async start({ scene }) {
      const { tables, log } = scene.server();
      const over = [tables, log].map((disk) => disk.slow());
      const what = "both disks of the primary let writes through for 50 ms of every 300";
      return { what, end: async () => void (await Promise.all(over.map((end) => end()))) };
    },
  },
  {
    name: "duplicates",
    holdSeconds: [15, 30],
    async start({ load }) {
      const before = load.counted.repeated;
      const over = load.repeat();
      const fault: Fault = {
        what: "",
        async end() {
          await over();
          fault.what = `${(load.counted.repeated - before).toLocaleString("en-US")} acknowledged messages come again`;
        },
      };
      return fault;
    },
  },
  {
    name: "crash",
    holdSeconds: [0, 0],
    async start({ scene, random }) {
      // The first ones after the postmaster live as long as it does.
      const pids = (await processesOf(scene.server())).slice(1, 5);
      process.kill(pick(pids, random), "SIGKILL");
      return {
        what: "kill -9 of one of the primary's processes: all of its sessions end, and it recovers",
        end: nothing,
      };
    },
  },
  {
    name: "failover",
    holdSeconds: [0, 3],
    isOnce: true,
    async start({ scene }) {
      await scene.postgres.killPrimary();
      return {
        what: "the primary is lost, and its standby promoted",
        async end() {
          await scene.postgres.promoteStandby();
          scene.noteFailover();
        },
      };
    },
  },
];
