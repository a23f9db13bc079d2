import { type DeleteCall, deleteDocument, loadOnCallChannels } from "#server/catalogue/index.ts";
import type { Transaction } from "#server/db/database.ts";
import { Conflict } from "#server/errors.ts";
import { receiversOf } from "./channel-row.ts";
import { findChannel } from "./find-channel.ts";
import { loadTree } from "./load-tree.ts";

/** Deletes a channel that no receiver uses; its deliveries stay in the log. */
export async function deleteChannel(call: DeleteCall): Promise<void> {
  const { name } = call.input;
  await deleteDocument(call, {
    act: "channel.deleted",
    kind: "Channel",
    find: (tx) => findChannel(tx, name),
    refuse: (tx) => refuseUsed(tx, name),
    remove: ({ prisma }) => prisma.channel.delete({ where: { name } }),
  });
}

async function refuseUsed(tx: Transaction, name: string): Promise<void> {
  const receivers = receiversOf(await loadTree(tx), name);
  if (receivers.length > 0) {
    const which = receivers.map((receiver) => `"${receiver}"`).join(", ");
    throw new Conflict(
      `The routing tree's ${receivers.length === 1 ? "receiver" : "receivers"} ${which} still send to "${name}". ` +
        'Apply a tree without it first, or turn the channel off with "enabled": false.',
    );
  }
  const [schedule] = (await loadOnCallChannels(tx)).get(name) ?? [];
  if (schedule !== undefined)
    throw new Conflict(
      `The on-call schedule "${schedule}" reaches a person through "${name}". Apply it without the channel first.`,
    );
}
