import { addHours, hourOf } from "#domain/hour.ts";
import { enforceRetention } from "#server/db/enforce-retention.ts";
import { ensurePartitions } from "#server/db/partitions.ts";
import { dropOldSamples } from "#server/explain/index.ts";
import { forgetIngestWorkers, forgetInstances } from "#server/facts/index.ts";
import { dropOldAlerts } from "#server/notifications/index.ts";
import { forgetResources } from "#server/sources/index.ts";
import { packHours, readOldestHour } from "#server/verdicts/index.ts";
import { type LoopParts, underLease } from "../loop-parts.ts";
import { Trouble } from "../trouble.ts";

export interface MaintainDeps extends LoopParts {
  keep: {
    factsSeconds: number | null;
    verdictsSeconds: number | null;
    rejectedSeconds: number;
    rejectedBytes: number;
    alertsSeconds: number;
    packAfterSeconds: number;
  };
  /** Waits this many product milliseconds, or until the signal aborts. */
  wait(productMs: number): Promise<void>;
}

const lease = { lease: "maintain", seconds: 60 };
const tickMs = 10 * 60_000;
const retryMs = 60_000;
/** An instance that sent nothing for this long is not coming back under its name. */
const instanceKeptHours = 30 * 24;
/** A subscription or job that no collection has seen for a week is gone. */
const unseenKeptHours = 7 * 24;
/** As long as incidents ask for them. */
const countsKeptHours = 90 * 24;
const packEveryMs = 24 * 3_600_000;

/** Creates partitions ahead, drops those past retention, packs what is long final. One process at a time does it. */
export async function maintain(deps: MaintainDeps): Promise<void> {
  const { ctx, log, turns, signal } = deps;
  const trouble = new Trouble(log, "Maintenance");
  let packedAtMs = Number.NEGATIVE_INFINITY;
  await underLease(deps, lease, async (mayWork) => {
    while (!signal.aborted) {
      let restMs = tickMs;
      try {
        if (!(await mayWork())) {
          // Retries sooner than a full tick, in case the lease's holder is gone.
          restMs = retryMs;
          turns.ended("maintain");
        } else {
          const now = ctx.clock.now();
          const months = [0, 1, 2].map((ahead) => addHours(hourOf(now), ahead * 31 * 24));
          await ensurePartitions(ctx.database, months, now);
          const dropped = await enforceRetention(ctx.database, cutsAt(now, deps.keep));
          if (dropped.length > 0) log.info({ dropped }, "Dropped partitions older than the retention settings keep.");
          await dropOldAlerts(ctx.database.sql, new Date(now.getTime() - deps.keep.alertsSeconds * 1000));
          await forgetInstances(ctx.database.sql, addHours(now, -instanceKeptHours));
          await forgetIngestWorkers(ctx.database.sql, addHours(now, -instanceKeptHours));
          await dropOldSamples(ctx.database.sql, now);
          await forgetResources(ctx.database.sql, {
            seen: addHours(now, -unseenKeptHours),
            hour: addHours(now, -countsKeptHours),
          });
          if (Math.abs(now.getTime() - packedAtMs) >= packEveryMs) {
            await pack(deps, now, mayWork);
            packedAtMs = now.getTime();
          }
          turns.completed("maintain");
          trouble.passed();
        }
      } catch (error) {
        trouble.failed(error, "retrying in 1 min");
        turns.ended("maintain");
        restMs = retryMs;
      }
      await deps.wait(restMs);
    }
  });
}

function cutsAt(now: Date, keep: MaintainDeps["keep"]) {
  const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  return {
    factsBefore: keep.factsSeconds === null ? null : before(keep.factsSeconds),
    verdictsBefore: keep.verdictsSeconds === null ? null : before(keep.verdictsSeconds),
    rejectedBefore: before(keep.rejectedSeconds),
    rejectedBytes: keep.rejectedBytes,
  };
}

/** A day of hours at a time, oldest first, for as long as the lease is held. */
async function pack(
  { ctx, keep, turns, signal, log }: MaintainDeps,
  now: Date,
  mayWork: () => Promise<boolean>,
): Promise<void> {
  const settledBefore = new Date(now.getTime() - keep.packAfterSeconds * 1000);
  let packed = 0;
  let from = await readOldestHour(ctx.database.sql);
  while (from !== null && from < settledBefore && !signal.aborted && (await mayWork())) {
    const to = addHours(from, 24);
    packed += await packHours({ ctx, input: { from, to, settledBefore } });
    from = to;
    // The first packing of a long history takes hours.
    turns.completed("maintain");
  }
  if (packed > 0) log.info({ hours: packed }, "Packed the reports of final hours.");
}
