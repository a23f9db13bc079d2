import { onCallAt } from "#domain/on-call.ts";
import type { Transaction } from "#server/db/database.ts";
import { toSchedule } from "./schedule-row.ts";
import { loadOverrides } from "./stored-overrides.ts";

/** Who a schedule notifies at an instant. */
export interface OnCall {
  schedule: string;
  /** null: no one is on call, and everyone in the schedule is notified instead: a page must not be lost in a gap. */
  person: string | null;
  /** Without repetition. */
  channels: string[];
}

/** Who these schedules notify at an instant. A schedule that no longer exists notifies no one: the tree cannot name one. */
export async function loadOnCall(tx: Transaction, names: readonly string[], at: Date): Promise<OnCall[]> {
  if (names.length === 0) return [];
  const rows = await tx.prisma.onCallSchedule.findMany({
    where: { name: { in: [...names] } },
    orderBy: { name: "asc" },
  });
  const overrides = await loadOverrides(tx, names, at);
  return rows.map((row) => {
    const schedule = toSchedule(row);
    const person = onCallAt(schedule, overrides.get(row.name) ?? [], at);
    const reached = schedule.people.filter(({ name }) => person === null || name === person);
    return { schedule: row.name, person, channels: [...new Set(reached.flatMap(({ channels }) => channels))] };
  });
}
