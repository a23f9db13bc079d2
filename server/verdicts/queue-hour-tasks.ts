import type { HourSpan } from "#domain/hour-span.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

/**
 * `create`: the hours get a verdict; `judge`: other facts count for them; `retime`: same facts, other terms, see
 * retime-hours; `delete`: the type no longer has these hours.
 */
export type HourAction = "create" | "judge" | "retime" | "delete";

export interface HourTask extends HourSpan {
  readonly eventTypeId: number;
  readonly action: HourAction;
  readonly reason: string;
}

const hourTasks = bulkRows({
  eventTypeId: "int",
  action: "text",
  from: "timestamptz",
  to: "timestamptz",
  reason: "text",
});

/** These types' remaining tasks. The caller holds their row locks: they do not change until the commit. */
export async function loadHourTasks(tx: Sql, eventTypeIds: readonly number[]): Promise<HourTask[]> {
  return tx.rows<HourTask>(
    `SELECT event_type_id AS "eventTypeId", action, reason, (extract(epoch FROM from_hour) * 1000)::float8 AS from,
            (extract(epoch FROM next_hour) * 1000)::float8 AS to
       FROM hour_task WHERE event_type_id = ANY ($1) AND next_hour > from_hour
      ORDER BY id`,
    [eventTypeIds],
  );
}

/** Replaces the types' remaining tasks with these. Finished work stays counted as done. */
export async function replaceHourTasks(
  tx: Sql,
  eventTypeIds: readonly number[],
  tasks: readonly HourTask[],
  actor: string,
): Promise<void> {
  await tx.query("DELETE FROM hour_task WHERE event_type_id = ANY ($1) AND next_hour = to_hour", [eventTypeIds]);
  await tx.query("UPDATE hour_task SET from_hour = next_hour WHERE event_type_id = ANY ($1)", [eventTypeIds]);
  if (tasks.length === 0) return;
  await tx.query(
    `INSERT INTO hour_task (event_type_id, action, from_hour, to_hour, next_hour, reason, actor)
     SELECT n.event_type_id, n.action, n.from, n.to, n.to, left(n.reason, 500), $1
       FROM ${hourTasks.from("n", 2)}`,
    [actor, ...hourTasks.values(tasks.map((task) => ({ ...task, from: new Date(task.from), to: new Date(task.to) })))],
  );
}
