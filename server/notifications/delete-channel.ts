import type { AuditFacts } from "#domain/audit/facts.ts";
import { type Call, requireOwnership, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { loadOnCallChannels, lockAlerting, ownerOf } from "#server/catalogue/index.ts";
import { Conflict } from "#server/errors.ts";
import { checkPrecondition, type Precondition, specTag } from "#server/precondition.ts";
import { receiversOf } from "./channel-row.ts";
import { findChannel } from "./find-channel.ts";
import { loadTree } from "./load-tree.ts";

/** Deletes a channel that no receiver uses; its deliveries stay in the log. */
export async function deleteChannel({
  ctx,
  input: { name, precondition },
}: Call<{ name: string; precondition?: Precondition | undefined }>): Promise<void> {
  requireScope(ctx, "write");
  await ctx.database.transaction(async (tx) => {
    // No tree naming it can be applied before the delete.
    await lockAlerting(tx);
    const { spec } = await findChannel(tx, name);
    const team = ownerOf(spec);
    requireOwnership(ctx, { kind: "Channel", name, before: team, after: undefined });
    checkPrecondition(precondition, { what: `"${name}"`, tag: specTag(spec) });
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
    await tx.prisma.channel.delete({ where: { name } });
    await recordAct(tx, ctx, { act: "channel.deleted", name, team, before: spec as AuditFacts });
  });
}
