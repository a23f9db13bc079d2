import { randomUUID } from "node:crypto";
import type { DeliveryDetailJson } from "#domain/api/deliveries.ts";
import { parseChannel } from "#domain/channel.ts";
import { type Call, type Context, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { Conflict } from "#server/errors.ts";
import { readDigest } from "#server/slo/index.ts";
import { awaitDelivery } from "./await-delivery.ts";
import { digestKey, digestNotification } from "./digest-notification.ts";
import { findChannel } from "./find-channel.ts";
import { writeDelivery } from "./write-delivery.ts";

/**
 * Sends the digest of the last finished month, with its current figures, like the regular one, and returns the result of the
 * single attempt. It names its requester; the regular one is still sent.
 */
export async function sendDigestNow({
  ctx,
  input: { channel },
}: Call<{ channel: string }>): Promise<DeliveryDetailJson> {
  requireScope(ctx, "respond");
  const scope = await readWish(ctx, channel);
  const reader: Context = { ...ctx, scopes: new Set(["read"]) };
  const digest = await readDigest({ ctx: reader, input: { ...scope, askedBy: ctx.actor } });
  if (digest.tiers.length === 0) {
    throw new Conflict(`The digest is empty: none of its event types was active in ${digest.month}.`);
  }
  const now = ctx.clock.now();
  const key = digestKey(channel, digest.month, randomUUID());
  const notification = digestNotification(channel, digest, key, now);
  const id = await ctx.database.transaction(async (tx) => {
    await recordAct(tx, ctx, { act: "channel.digest_requested", name: channel, after: { month: digest.month } });
    return writeDelivery(tx, { channel, notification, incidentId: null, at: now });
  });
  return awaitDelivery(ctx, id);
}

async function readWish(
  ctx: Context,
  channel: string,
): Promise<{ tier?: string | undefined; owner?: string | undefined }> {
  const parsed = parseChannel((await findChannel(ctx.database, channel)).spec);
  if (parsed.ok && parsed.spec.type === "email" && parsed.spec.monthlyDigest) return parsed.spec.monthlyDigest;
  throw new Conflict(`Channel "${channel}" sends no digest. Apply it with type email and "monthlyDigest": true.`);
}
