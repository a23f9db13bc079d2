import { kindOfSource, type SourceSpec } from "#domain/source.ts";
import { loadSources, type StoredSource } from "#server/sources/index.ts";
import { type LoopParts, repeat, underLease } from "../loop-parts.ts";
import { Trouble } from "../trouble.ts";
import { type CollectSourceDeps, recordFailure, SourceSession } from "./collect-source.ts";

export interface CollectDeps extends LoopParts, Omit<CollectSourceDeps, "ctx" | "signal"> {
  /** Waits this many product milliseconds, or until the signal aborts. */
  wait(productMs: number): Promise<void>;
}

const lease = { lease: "collect", seconds: 15 };
const lookEveryMs = 2_000;
/** For sources whose stored spec cannot be read. */
const unreadableEverySeconds = 60;

/**
 * Looks at every source when its time comes, until the signal aborts. One process at a time does it. Each source is collected by
 * itself: one that hangs or fails delays no other.
 */
export async function collectAll(deps: CollectDeps): Promise<void> {
  const sessions = new Sessions(deps);
  await underLease(deps, lease, (mayWork) =>
    repeat(deps, {
      turn: "collect",
      what: "Collecting",
      work: async () => {
        if (!(await mayWork())) {
          await sessions.closeAll();
          return null;
        }
        // Of a collection that ends while this reads, the last start may be missing.
        const busy = sessions.listBusy();
        await sessions.startDue(await loadSources(deps.ctx.database.sql), busy);
        return true;
      },
      pause: () => deps.wait(lookEveryMs),
    }),
  );
  await sessions.closeAll();
}

class Sessions {
  readonly #deps: CollectDeps;
  readonly #open = new Map<string, SourceSession>();
  readonly #troubles = new Map<string, Trouble>();

  constructor(deps: CollectDeps) {
    this.#deps = deps;
  }

  listBusy(): ReadonlySet<string> {
    return new Set([...this.#open].filter(([, { isBusy }]) => isBusy).map(([name]) => name));
  }

  async startDue(sources: readonly StoredSource[], busy: ReadonlySet<string>): Promise<void> {
    const { ctx } = this.#deps;
    void this.#closeExcept(sources);
    for (const source of sources) {
      const { name, spec, version, startedAt } = source;
      if (!isSpec(spec)) {
        if (isDue(startedAt, unreadableEverySeconds, ctx.clock.now()))
          await recordFailure(ctx, name, ctx.clock.now(), `Its spec is invalid. Apply it again. ${spec.join(" ")}`);
        continue;
      }
      if (!spec.enabled) continue;
      const kind = this.#deps.collectors[kindOfSource(spec)];
      // Written by a newer version that runs beside this one.
      if (!kind) continue;
      const session = this.#open.get(name) ?? new SourceSession(this.#deps, { version, spec, kind });
      this.#open.set(name, session);
      if (busy.has(name) || session.isBusy || !isDue(startedAt, kind.everySeconds, ctx.clock.now())) continue;
      session.start(name, this.#troubleOf(name));
    }
  }

  async closeAll(): Promise<void> {
    await this.#closeExcept([]);
  }

  /** Those whose source is gone, disabled or changed. A collection that is under way ends first, in the background. */
  async #closeExcept(sources: readonly StoredSource[]): Promise<void> {
    const enabled = sources.filter(({ spec }) => isSpec(spec) && spec.enabled);
    const versions = new Map(enabled.map(({ name, version }) => [name, version]));
    const outdated = [...this.#open].filter(([name, { version }]) => versions.get(name) !== version);
    for (const [name] of outdated) this.#open.delete(name);
    await Promise.all(
      outdated.map(([name, session]) =>
        session.close().catch((error) => this.#troubleOf(name).failed(error, "its connection was not closed")),
      ),
    );
  }

  #troubleOf(name: string): Trouble {
    const trouble = this.#troubles.get(name) ?? new Trouble(this.#deps.log, `Collecting from the source "${name}"`);
    this.#troubles.set(name, trouble);
    return trouble;
  }
}

function isSpec(spec: StoredSource["spec"]): spec is SourceSpec {
  return !Array.isArray(spec);
}

/** Also after the clock jumped back: what lies ahead says nothing of when it was. */
function isDue(startedAt: Date | null, everySeconds: number, now: Date): boolean {
  return startedAt === null || Math.abs(now.getTime() - startedAt.getTime()) >= everySeconds * 1000;
}
