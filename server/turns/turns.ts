import { allowedAgeSeconds, type TurnName } from "#domain/turn.ts";
import type { Sql } from "#server/db/database.ts";
import { refusedWrites } from "#server/db/write-refusals.ts";
import type { ClockCheck } from "./clock-check.ts";
import { forgetIntakes } from "./intakes.ts";
import { forgetTurns, writeTurns } from "./write-turns.ts";

/** Where a loop reports its turns. */
export interface TurnLog {
  /** A turn did its work. */
  completed(name: TurnName): void;
  /** A turn ended without its work: it failed, or another process does it. The loop is not stalled. */
  ended(name: TurnName): void;
}

export interface TurnsOptions {
  sql: Sql;
  instance: string;
  /** This process's loops. */
  names: readonly TurnName[];
  speed: number;
  clock: ClockCheck;
  /** Called once a loop has stalled for longer than allowed. */
  onStandstill(standing: Standing): void;
  /** Called every other second while no loop is stalled. */
  onTurning?: () => void;
}

export interface Standing {
  turn: TurnName;
  /** Since a turn ended, or the start. */
  ageSeconds: number;
  allowedSeconds: number;
  /** null: none yet in this process. */
  completedAgeSeconds: number | null;
}

interface Kept {
  allowedSeconds: number;
  endedAtMs: number;
  completedAtMs: number | null;
}

const everyMs = 2_000;

/** Records the progress of a process's loops: in memory for its `/healthz`, in the database every other second. */
export class Turns implements TurnLog {
  readonly #options: TurnsOptions;
  readonly #kept: Map<TurnName, Kept>;
  readonly #timer: NodeJS.Timeout;
  #writing: Promise<void> | null = null;
  #forgotten = false;
  #writtenAtMs: number | null = null;

  constructor(options: TurnsOptions) {
    this.#options = options;
    const endedAtMs = performance.now();
    this.#kept = new Map(
      options.names.map((name) => [
        name,
        { allowedSeconds: allowedAgeSeconds(name, options.speed), endedAtMs, completedAtMs: null },
      ]),
    );
    this.#timer = setInterval(() => this.#tick(), everyMs).unref();
  }

  completed(name: TurnName): void {
    const kept = this.#keptOf(name);
    kept.completedAtMs = kept.endedAtMs = performance.now();
  }

  ended(name: TurnName): void {
    this.#keptOf(name).endedAtMs = performance.now();
  }

  list(): Standing[] {
    const nowMs = performance.now();
    return [...this.#kept].map(([turn, { allowedSeconds, endedAtMs, completedAtMs }]) => ({
      turn,
      ageSeconds: Math.round((nowMs - endedAtMs) / 1000),
      allowedSeconds,
      completedAgeSeconds: completedAtMs === null ? null : Math.round((nowMs - completedAtMs) / 1000),
    }));
  }

  /** Stalled loops. */
  standing(): Standing[] {
    return this.list().filter(({ ageSeconds, allowedSeconds }) => ageSeconds > allowedSeconds);
  }

  /** Since this process's progress was last written to the database; null: never. */
  writtenAgeSeconds(): number | null {
    return this.#writtenAtMs === null ? null : Math.round((performance.now() - this.#writtenAtMs) / 1000);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
  }

  #keptOf(name: TurnName): Kept {
    const kept = this.#kept.get(name);
    if (!kept) throw new Error(`The loop "${name}" is not one of this process.`);
    return kept;
  }

  #tick(): void {
    const [standing] = this.standing();
    if (standing) this.#options.onStandstill(standing);
    else this.#options.onTurning?.();
    // The loops report an unavailable database themselves; the next tick writes what this one could not.
    this.#writing ??= this.#write()
      .catch(() => undefined)
      .finally(() => {
        this.#writing = null;
      });
  }

  async #write(): Promise<void> {
    const { sql, instance, clock } = this.#options;
    await clock.agrees();
    const nowMs = performance.now();
    const turns = [...this.#kept].map(([turn, { allowedSeconds, completedAtMs }]) => ({
      turn,
      completedAgoMs: completedAtMs === null ? null : nowMs - completedAtMs,
      allowedAgeSeconds: allowedSeconds,
    }));
    await writeTurns(sql, { instance, turns, clockAheadMs: clock.aheadMs }, refusedWrites());
    this.#writtenAtMs = performance.now();
    if (!this.#forgotten) await Promise.all([forgetTurns(sql), forgetIntakes(sql)]);
    this.#forgotten = true;
  }
}
