import { addHours } from "#domain/hour.ts";
import {
  cutNewest,
  type HourSpan,
  intersectSpans,
  spansBefore,
  spansFrom,
  subtractSpans,
  uniteSpans,
} from "#domain/hour-span.ts";
import type { Sql } from "#server/db/database.ts";
import {
  createHours,
  deleteHours,
  type HourAction,
  type HourTask,
  loadHourTasks,
  markHours,
  markJudgedDays,
  markVerdictsChanged,
  recountCompleteThrough,
  replaceHourTasks,
  retimedDays,
  retimeHours,
  type TypeHours,
} from "#server/verdicts/index.ts";
import { findHoursToJudge, type HoursToJudge, loadOwnedHours, type OwnedHours } from "./affected-hours.ts";
import type { VerdictPlan } from "./plan-verdicts.ts";

export interface RemakeInput {
  readonly plan: VerdictPlan;
  /** By id, as loadOwnedHours found them before the catalogue was written. */
  readonly ownedBefore: ReadonlyMap<number, HourSpan>;
  /** Older hours keep their verdict, for the facts to judge them again are gone; null: facts are kept for ever. */
  readonly factsKeptFrom: Date | null;
  readonly now: Date;
  readonly actor: string;
  readonly hoursAtOnce: number;
  /** What changed, by type, for whoever asks why an old hour was judged again. */
  readonly reasons: ReadonlyMap<number, string>;
}

/**
 * Brings verdicts in line with a changed catalogue: hours that types get, that they no longer have, and that are judged by other
 * terms. The newest hours at once, in the change's transaction; the rest is queued for the background (server/verdicts/run-hour-tasks).
 * The caller holds the rows of every type concerned, as everyone does who writes verdicts, so their rows need no order here.
 */
export async function remakeVerdicts(tx: Sql, input: RemakeInput): Promise<void> {
  const { plan, ownedBefore, factsKeptFrom, actor, reasons, hoursAtOnce, now: changedAt } = input;
  const resized = await loadOwnedHours(tx, plan.resized);
  const judged = await findHoursToJudge(tx, plan, factsKeptFrom);
  const ids = [
    ...new Set([...resized.map(({ eventTypeId }) => eventTypeId), ...judged.map((each) => each.eventTypeId)]),
  ];
  if (ids.length === 0) return;
  const pending = await loadHourTasks(tx, ids);
  const byType = <Of extends { eventTypeId: number }>(list: readonly Of[]) =>
    Map.groupBy(list, ({ eventTypeId }) => eventTypeId);
  const [after, judgedOf, pendingOf] = [byType(resized), byType(judged), byType(pending)];
  const tasks = ids.flatMap((eventTypeId) =>
    tasksOf({
      eventTypeId,
      before: ownedBefore.get(eventTypeId) ?? null,
      after: after.get(eventTypeId)?.[0] ?? null,
      judged: judgedOf.get(eventTypeId) ?? [],
      pending: pendingOf.get(eventTypeId) ?? [],
      reason: reasons.get(eventTypeId) ?? "",
    }),
  );
  const cut = cutNewest(tasks, hoursAtOnce);
  await replaceHourTasks(tx, ids, spansBefore(tasks, cut), actor);
  const now = spansFrom(tasks, cut);
  await createHours(tx, ofAction(now, "create"));
  await deleteHours(tx, ofAction(now, "delete"));
  const retimed = await retimeHours(tx, ofAction(now, "retime"), changedAt);
  await markJudgedDays(
    tx,
    retimedDays(retimed.days, ({ eventTypeId }) => ({
      cause: "catalogue",
      actor,
      reason: reasons.get(eventTypeId) ?? "",
    })),
  );
  const toJudge = retimed.toJudge.map(({ eventTypeId, hour }) => ({ eventTypeId, from: hour, to: addHours(hour, 1) }));
  await markHours(tx, [...ofAction(now, "judge"), ...toJudge]);
  await markVerdictsChanged(tx, ids, changedAt);
  // The run begins at another hour now, and no judgement of a single hour would notice.
  await recountCompleteThrough(
    tx,
    resized.map(({ eventTypeId }) => eventTypeId),
  );
  await tx.query("SELECT pg_notify('tidemark_dirty', '')");
}

interface TypeChange {
  readonly eventTypeId: number;
  /** The hours that had a verdict, or a task that was to give them one; null: it was not claimed. */
  readonly before: HourSpan | null;
  /** The hours that are to have one; null: as before. */
  readonly after: OwnedHours | null;
  readonly judged: readonly HoursToJudge[];
  readonly pending: readonly HourTask[];
  readonly reason: string;
}

/** Everything that is to do of a type now, what was left to do included. */
function tasksOf({ eventTypeId, before, after, judged, pending, reason }: TypeChange): HourTask[] {
  const left = (action: HourAction) => pending.filter((task) => task.action === action);
  const had = before ? [before] : [];
  const has = after && [after];
  const toCreate = has ? [...subtractSpans(has, had), ...intersectSpans(left("create"), has)] : left("create");
  const toDelete = has ? [...subtractSpans(had, has), ...subtractSpans(left("delete"), has)] : left("delete");
  const asked = (action: "judge" | "retime") => [...judged.filter((each) => each.action === action), ...left(action)];
  const toJudge = subtractSpans(asked("judge"), [...toCreate, ...toDelete]);
  const toRetime = subtractSpans(asked("retime"), [...toCreate, ...toDelete, ...toJudge]);
  const reasons = [...new Set([...pending.map((task) => task.reason), reason])]
    .filter((each) => each !== "")
    .join("; ");
  const tasks = (action: HourAction, spans: readonly HourSpan[]) =>
    uniteSpans(spans).map((span): HourTask => ({ ...span, eventTypeId, action, reason: reasons }));
  return [
    ...tasks("create", toCreate),
    ...tasks("delete", toDelete),
    ...tasks("judge", toJudge),
    ...tasks("retime", toRetime),
  ];
}

function ofAction(tasks: readonly HourTask[], action: HourAction): TypeHours[] {
  return tasks
    .filter((task) => task.action === action)
    .map((task) => ({ eventTypeId: task.eventTypeId, from: new Date(task.from), to: new Date(task.to) }));
}
