import type { Origin } from "#domain/audit/origin.ts";
import type { Database } from "#server/db/database.ts";
import { recordActs } from "./record-acts.ts";

/** A sign-in, or a call with a token, that was refused. */
export interface Refusal {
  /** What was presented: a token, a link, an identity. */
  readonly what: "token" | "link" | "provider";
  readonly reason: string;
}

export interface RefusalsOptions {
  readonly database: Database;
  readonly windowMs?: number;
  /** Addresses with entries of their own, in one window. */
  readonly maxAddresses?: number;
  /** Called if refusals were not recorded. */
  readonly onFailed?: ((error: unknown) => void) | undefined;
}

export interface Refusals {
  note(from: Origin, refusal: Refusal): void;
  /** Records what was counted, and begins a new window. */
  flush(): Promise<void>;
}

interface Counted {
  from: Origin;
  /** Since the entry of the first. */
  attempts: number;
  last: Refusal;
}

const several = "(more addresses)";

/**
 * Records refused attempts, bounded whatever a stranger does: the first of an address at once, and how many followed when the window
 * ends. Attempts of more addresses than a window has are counted together. They change nothing, so they have no transaction to be part of.
 */
export function openRefusals(options: RefusalsOptions): Refusals {
  const { database, windowMs = 10 * 60_000, maxAddresses = 100, onFailed } = options;
  let counted = new Map<string, Counted>();
  let timer: NodeJS.Timeout | null = null;

  const write = async (rows: readonly Counted[]) => {
    try {
      await database.transaction(async (tx) => {
        for (const { from, attempts, last } of rows) {
          const author = { actor: "stranger", caller: { kind: "stranger" }, from } as const;
          const act = { act: "sign_in.refused", name: last.what, after: { attempts }, reason: last.reason } as const;
          await recordActs(tx, author, [act]);
        }
      });
    } catch (error) {
      onFailed?.(error);
    }
  };
  const flush = async () => {
    if (timer) clearTimeout(timer);
    timer = null;
    const rows = [...counted.values()].filter(({ attempts }) => attempts > 0);
    counted = new Map();
    if (rows.length > 0) await write(rows);
  };
  return {
    flush,
    note(from, last) {
      timer ??= setTimeout(() => void flush(), windowMs).unref();
      const own = from.address ?? "unknown";
      const isFirst = !counted.has(own) && counted.size < maxAddresses;
      const key = isFirst || counted.has(own) ? own : several;
      const before = counted.get(key);
      const place = key === several ? { ...from, address: several, requestId: null } : from;
      counted.set(key, { from: place, attempts: (before?.attempts ?? 0) + (isFirst ? 0 : 1), last });
      if (isFirst) void write([{ from, attempts: 1, last }]);
    },
  };
}
