import type { Clock } from "#domain/clock.ts";
import type { Fault } from "#domain/fault.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import { type NameKind, type NameLimits, nameKinds, nameNouns } from "#domain/name-limits.ts";
import type { Database, Sql } from "#server/db/database.ts";
import { insertNames, readKnownNames } from "./intern-names.ts";
import type { Names } from "./names.ts";

/** More new names than the hourly limit. Nothing from the entries that use them was applied; retry when the next hour begins. */
export class TooManyNewNames extends Error {
  readonly retryAfterSeconds: number;
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[], retryAfterSeconds: number) {
    super(faults.map(({ detail }) => detail).join(" "));
    this.faults = faults;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Registers each entry's new names, in order, while the hour's budget lasts, and returns the entries it refuses.
 * The budget is counted in the database under a row lock, so all processes share it; existing names cost nothing.
 * Runs in its own transaction: an entry that fails later has paid for its names and does not pay again.
 */
export async function admitNames(
  database: Database,
  { clock, limits, entries }: { clock: Clock; limits: NameLimits; entries: readonly Names[] },
): Promise<(TooManyNewNames | null)[]> {
  const now = clock.now();
  return database.transaction(async (tx) => {
    // Always in the order of nameKinds: processes queue for these row locks and never deadlock.
    const left = {} as Record<NameKind, number>;
    for (const kind of nameKinds) left[kind] = limits[kind] - (await holdBudget(tx, kind, hourOf(now)));
    const known = {} as Record<NameKind, Set<string>>;
    // Read after taking the lock: another process may have registered them.
    for (const kind of nameKinds) known[kind] = await readKnownNames(tx, kind, union(entries, kind));
    const admitted: Record<NameKind, string[]> = { event_type: [], datacenter: [], reporter: [] };
    const answers = entries.map((names) => {
      const fresh = nameKinds.map((kind) => [kind, [...names[kind].difference(known[kind])]] as const);
      const faults = fresh.flatMap(([kind, wanted]) =>
        wanted.length > left[kind] ? [overBudget({ kind, wanted, limit: limits[kind], left: left[kind] })] : [],
      );
      if (faults.length > 0) return new TooManyNewNames(faults, secondsToNextHour(now, clock));
      for (const [kind, wanted] of fresh) {
        left[kind] -= wanted.length;
        admitted[kind].push(...wanted);
        for (const name of wanted) known[kind].add(name);
      }
      return null;
    });
    for (const kind of nameKinds) {
      if (admitted[kind].length === 0) continue;
      await insertNames(tx, kind, admitted[kind], now);
      await tx.query("UPDATE name_budget SET used = used + $2 WHERE kind = $1", [kind, admitted[kind].length]);
    }
    return answers;
  });
}

/** Locks the kind's budget row and returns how much of this hour's is used. A process whose clock is behind uses the newer hour's. */
async function holdBudget(tx: Sql, kind: NameKind, hour: Date): Promise<number> {
  const { rows } = await tx.query<{ used: number }>(
    `INSERT INTO name_budget AS b (kind, hour, used) VALUES ($1, $2, 0)
     ON CONFLICT (kind) DO UPDATE SET used = CASE WHEN excluded.hour > b.hour THEN 0 ELSE b.used END,
       hour = greatest(b.hour, excluded.hour)
     RETURNING used`,
    [kind, hour],
  );
  return rows[0]?.used ?? 0;
}

interface OverBudget {
  kind: NameKind;
  wanted: readonly string[];
  limit: number;
  left: number;
}

function overBudget({ kind, wanted, limit, left }: OverBudget): Fault {
  const shown = wanted.slice(0, 5).map((name) => JSON.stringify(name));
  const more = wanted.length > 5 ? ` and ${wanted.length - 5} more` : "";
  const noun = nameNouns[kind];
  const remaining = left > 0 ? `${left} are left` : "none is left";
  const detail = `Too many new ${noun}: ${shown.join(", ")}${more}. The limit is ${limit.toLocaleString("en-US")} new ${noun} an hour (TIDEMARK_NEW_NAMES_PER_HOUR); ${remaining} in this hour. Check the names, or resend after the hour.`;
  return { pointer: "", detail };
}

function secondsToNextHour(now: Date, clock: Clock): number {
  return Math.max(1, Math.ceil(clock.toRealMs(addHours(hourOf(now), 1).getTime() - now.getTime()) / 1000));
}

function union(entries: readonly Names[], kind: NameKind): Set<string> {
  const all = new Set<string>();
  for (const names of entries) for (const name of names[kind]) all.add(name);
  return all;
}
