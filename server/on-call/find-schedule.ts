import type { Nouns, Transaction } from "#server/db/database.ts";
import type { OnCallSchedule } from "#server/db/generated/client.ts";
import { NotFound } from "#server/errors.ts";

/** NotFound if there is none. */
export async function findSchedule({ prisma }: Nouns, name: string): Promise<OnCallSchedule> {
  const schedule = await prisma.onCallSchedule.findUnique({ where: { name } });
  if (schedule) return schedule;
  throw new NotFound(
    `On-call schedule "${name}" does not exist. GET /api/v1/on-call-schedules lists them; names are case-sensitive.`,
  );
}

/** Row-locked until the transaction ends: changes of its overrides are serialised, and none is added to one being deleted. */
export async function holdSchedule(tx: Transaction, name: string): Promise<OnCallSchedule> {
  await tx.query("SELECT FROM on_call_schedule WHERE name = $1 FOR UPDATE", [name]);
  return findSchedule(tx, name);
}
