import { type DeleteCall, deleteDocument } from "#server/catalogue/index.ts";
import type { Transaction } from "#server/db/database.ts";
import { Conflict } from "#server/errors.ts";
import { holdSchedule } from "./find-schedule.ts";
import { loadReceivers } from "./load-receivers.ts";

/** Deletes a schedule that no receiver notifies, with its overrides. */
export async function deleteSchedule(call: DeleteCall): Promise<void> {
  const { name } = call.input;
  await deleteDocument(call, {
    act: "on_call_schedule.deleted",
    kind: null,
    find: (tx) => holdSchedule(tx, name),
    refuse: (tx) => refuseNotified(tx, name),
    remove: ({ prisma }) => prisma.onCallSchedule.delete({ where: { name } }),
  });
}

async function refuseNotified(tx: Transaction, name: string): Promise<void> {
  const receivers = (await loadReceivers(tx)).get(name) ?? [];
  if (receivers.length === 0) return;
  const which = receivers.map((receiver) => `"${receiver}"`).join(", ");
  throw new Conflict(
    `The routing tree's ${receivers.length === 1 ? `receiver ${which} still notifies` : `receivers ${which} still notify`} "${name}". ` +
      "Apply a tree without it first.",
  );
}
