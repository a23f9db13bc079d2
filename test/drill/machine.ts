import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Machine } from "#test/fleet/network.ts";
import { type Fleet, type FleetProcess, fleetPort } from "#test/fleet/processes.ts";
import { type ProcessMemory, readProductMemory } from "#test/hostile/product-memory.ts";
import { until } from "#test/until.ts";

/** What the previous release's `npm start` starts, without its pages, which a build would make. */
const previousWorkers = ["evaluate", "alert", "notify", "forecast", "maintain"] as const;

/** A machine of the drill: all of Tidemark as `npm start` runs it, in a network namespace, with a data folder and a clock of its own. */
export class DrillMachine {
  readonly url: string;
  readonly network: Machine;
  readonly #fleet: Fleet;
  readonly #folder: string;
  readonly #settings: Record<string, string>;
  #running: FleetProcess[] = [];

  constructor(network: Machine, fleet: Fleet, { folder, faketime }: { folder: string; faketime: string | null }) {
    this.network = network;
    this.url = fleet.urlOf(network);
    this.#fleet = fleet;
    this.#folder = join(folder, network.name);
    this.#settings = {
      TIDEMARK_DATA_DIR: join(this.#folder, "data"),
      ...(faketime === null ? {} : clockSettings(faketime, this.#clockFile)),
    };
  }

  get name(): string {
    return this.network.name;
  }

  async prepare(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await this.setClock(0);
  }

  /** Waits until it serves. */
  async start(): Promise<void> {
    const supervisor = this.#fleet.start(this.network, "supervisor", this.#settings);
    this.#running = [supervisor];
    await this.#fleet.untilServing(supervisor);
  }

  /** With the primary alone: the previous release does not know of standbys. */
  async startPrevious(release: string, databaseUrl: string): Promise<void> {
    const settings = { ...this.#settings, DATABASE_URL: databaseUrl };
    const start = (...command: string[]) => this.#fleet.startIn(release, this.network, command, settings);
    const api = start("serve-api.mjs", String(fleetPort), "0.0.0.0");
    this.#running = [api, ...previousWorkers.map((worker) => start(`workers/${worker}/main.ts`))];
    // It has no probes: those are the web process's.
    await until(`the previous release serves on ${this.name}`, async () => {
      const status = this.#fleet.get(this.network, "/status");
      return status.then(() => true).catch(() => api.output());
    });
  }

  /** SIGTERM to what was started. */
  async stop(): Promise<void> {
    await Promise.all(this.#running.map((process) => process.stop()));
  }

  /** As its power would: the supervisor's processes end with it. */
  async kill(): Promise<void> {
    await Promise.all(this.#running.map((process) => process.kill()));
  }

  /** Its processes read it again within a second, as after a step of NTP or of a host that was suspended. */
  async setClock(aheadSeconds: number): Promise<void> {
    const sign = aheadSeconds < 0 ? "" : "+";
    await writeFile(`${this.#clockFile}.next`, `${sign}${aheadSeconds}\n`);
    await rename(`${this.#clockFile}.next`, this.#clockFile);
  }

  processes(): Promise<ProcessMemory[]> {
    return readProductMemory(join(this.#folder, "data"));
  }

  output(): string {
    return this.#running.map((process) => process.output()).join("\n");
  }

  get #clockFile(): string {
    return join(this.#folder, "clock");
  }
}

/** libfaketime moves the wall clock alone, by what the file says at the moment. */
function clockSettings(library: string, file: string): Record<string, string> {
  return {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_CACHE_DURATION: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
    DONT_FAKE_MONOTONIC: "1",
    FAKETIME_DISABLE_SHM: "1",
    NO_FAKE_STAT: "1",
  };
}
