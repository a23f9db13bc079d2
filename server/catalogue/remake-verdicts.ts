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
  /** By id, from loadOwnedHours before the catalogue was written. */
  readonly ownedBefore: ReadonlyMap<number, HourSpan>;
  /** Older hours keep their verdict, because the facts to judge them are dropped; null: facts are kept forever. */
  readonly factsKeptFrom: Date | null;
  readonly now: Date;
  readonly actor: string;
  readonly hoursAtOnce: number;
  /** What changed, by type, to explain why an old hour was judged again. */
  readonly reasons: ReadonlyMap<number, string>;
}

/**
 * Updates verdicts after a catalogue change: hours that types gain or lose, and hours judged by other
 * terms. The newest hours in the change's transaction; the rest is queued for the background (server/verdicts/run-hour-tasks).
 * The caller holds the row locks of every type concerned, as every writer of verdicts does, so verdict rows need no lock order.
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
  // The run starts at another hour now, which no judgement of a single hour shows.
  const resizedIds = resized.map(({ eventTypeId }) => eventTypeId);
  await recountCompleteThrough(tx, resizedIds);
  await tx.query("SELECT pg_notify('tidemark_dirty', '')");
}

interface TypeChange {
  readonly eventTypeId: number;
  /** Hours with a verdict or a pending task to create one; null: it was unclaimed. */
  readonly before: HourSpan | null;
  /** Hours that should have one; null: as before. */
  readonly after: OwnedHours | null;
  readonly judged: readonly HoursToJudge[];
  readonly pending: readonly HourTask[];
  readonly reason: string;
}

/** All tasks of a type now, including pending ones. */
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
