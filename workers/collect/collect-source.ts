import type { SourceSpec } from "#domain/source.ts";
import type { Context } from "#server/access/index.ts";
import type { BatchWriter } from "#server/facts/index.ts";
import { loadKnownReadings, recordRun, type StoredSource, takeCollection } from "#server/sources/index.ts";
import type { Trouble } from "../trouble.ts";
import type { Collector, CollectorKind, Collectors } from "./collector.ts";

export interface CollectSourceDeps {
  readonly ctx: Context;
  readonly collectors: Collectors;
  readonly writer: Pick<BatchWriter, "write" | "findFaults">;
  readonly signal: AbortSignal;
}

/** The collector of one source, kept for as long as its spec stays. */
export class SourceSession {
  readonly version: string;
  readonly #deps: CollectSourceDeps;
  readonly #spec: SourceSpec;
  readonly #kind: CollectorKind;
  #collector: Collector | null = null;
  #busy: Promise<void> | null = null;

  constructor(
    deps: CollectSourceDeps,
    { version, spec, kind }: Pick<StoredSource, "version"> & { spec: SourceSpec; kind: CollectorKind },
  ) {
    this.#deps = deps;
    this.#kind = kind;
    this.version = version;
    this.#spec = spec;
  }

  get isBusy(): boolean {
    return this.#busy !== null;
  }

  /** Looks once, in the background. What fails is recorded with the source, and logged. */
  start(name: string, trouble: Pick<Trouble, "failed" | "passed">): void {
    this.#busy = this.#look(name)
      .then(() => trouble.passed())
      .catch((error) => trouble.failed(error, "trying again when it is due"))
      .finally(() => {
        this.#busy = null;
      });
  }

  async close(): Promise<void> {
    await this.#busy;
    await this.#collector?.close();
  }

  async #look(name: string): Promise<void> {
    const { ctx, writer, signal } = this.#deps;
    const { boundSeconds, open } = this.#kind;
    const startedAt = ctx.clock.now();
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(boundSeconds * 1000)]);
    try {
      this.#collector ??= await open(this.#spec);
      const known = await loadKnownReadings(ctx.database.sql, name);
      const look = { name, spec: this.#spec, known, now: startedAt, signal: bounded };
      const collection = await orAborted(this.#collector.collect(look), bounded);
      await takeCollection({ ctx, input: { source: name, collection, startedAt }, writer });
      await this.#collector.committed?.();
    } catch (error) {
      // Given up because the process ends: nothing is wrong with the source.
      if (signal.aborted) return;
      await recordFailure(ctx, name, startedAt, sentenceOf(error, bounded, boundSeconds));
      throw error;
    }
  }
}

/** A collector that does not heed its signal holds up nothing but itself. */
function orAborted<Done>(work: Promise<Done>, signal: AbortSignal): Promise<Done> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
  });
}

/** A spec that cannot be read is a failure of its source. */
export async function recordFailure(ctx: Context, source: string, startedAt: Date, error: string): Promise<void> {
  const endedAt = ctx.clock.now();
  await recordRun(ctx.database.sql, { source, startedAt, endedAt, error, problems: [], counts: null });
}

function sentenceOf(error: unknown, bounded: AbortSignal, boundSeconds: number): string {
  if (bounded.aborted) return `It did not answer within ${boundSeconds} s. Tidemark tries again in a minute.`;
  return error instanceof Error ? error.message : String(error);
}
