import { parseChannel } from "#domain/channel.ts";
import { decideDigest, dueDigests } from "#domain/slo/digest.ts";
import { formatMonth, monthPeriod } from "#domain/slo.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { NotFound } from "#server/errors.ts";
import { loadTypeFigures, readDigest } from "#server/slo/index.ts";
import { digestKey, digestNotification } from "./digest-notification.ts";
import { writeDelivery } from "./write-delivery.ts";

interface DigestChannel {
  name: string;
  spec: unknown;
  since: Date;
  decided: Date[];
}

interface Asked {
  channel: DigestChannel;
  month: Date;
  scope: { tier?: string | undefined; owner?: string | undefined };
}

/**
 * Decides every channel's due months: a message and its delivery, or none because there is no content, committed together with
 * the decision. Any number of processes may run it at any time. Returns how many messages it queued.
 */
export async function queueDigests({ ctx }: { ctx: Context }): Promise<number> {
  requireScope(ctx, "admin");
  const now = ctx.clock.now();
  let queued = 0;
  const failures: unknown[] = [];
  for (const channel of await loadDigestChannels(ctx.database.sql)) {
    const parsed = parseChannel(channel.spec);
    if (!parsed.ok || parsed.spec.type !== "email" || parsed.spec.monthlyDigest === null) continue;
    for (const month of dueDigests({ ...channel, now })) {
      try {
        if (await queueDigest(ctx, { channel, month, scope: parsed.spec.monthlyDigest }, now)) queued += 1;
      } catch (error) {
        // One failure does not keep other digests from being sent.
        failures.push(error);
      }
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} digests could not be decided`);
  return queued;
}

async function queueDigest(ctx: Context, { channel, month, scope }: Asked, now: Date): Promise<boolean> {
  const types = await loadTypeFigures(ctx.database.sql, monthPeriod(month), scope, now);
  const decision = decideDigest(month, types, now);
  if (decision.act === "wait") return false;
  if (decision.act === "nothing") {
    await ctx.database.transaction((tx) => decide(tx, channel, month, now, decision.because));
    return false;
  }
  const name = formatMonth(month);
  const digest = await readDigest({ ctx, input: { month: name, ...scope } }).catch((error: unknown) => {
    if (error instanceof NotFound) return null;
    throw error;
  });
  return ctx.database.transaction(async (tx) => {
    // null: a tier or owner that existed when the month was frozen and has gone.
    const nothingBecause = digest ? null : "its tier or owner is no longer in the catalogue";
    if (!(await decide(tx, channel, month, now, nothingBecause)) || !digest) return false;
    const notification = digestNotification(channel.name, digest, digestKey(channel.name, name), now);
    const id = await writeDelivery(tx, { channel: channel.name, notification, incidentId: null, at: now });
    const key = { channel_month: { channel: channel.name, month } };
    await tx.prisma.sloDigest.update({ where: key, data: { deliveryId: id } });
    return id !== null;
  });
}

async function loadDigestChannels(sql: Sql): Promise<DigestChannel[]> {
  return sql.rows<DigestChannel>(
    `SELECT name, spec, digest_since AS since,
            ARRAY(SELECT month FROM slo_digest WHERE slo_digest.channel = channel.name ORDER BY month) AS decided
       FROM channel WHERE digest_since IS NOT NULL ORDER BY name`,
  );
}

/** False if it was already decided, or the channel has digests disabled. */
async function decide(
  tx: Sql,
  { name, since }: DigestChannel,
  month: Date,
  now: Date,
  nothingBecause: string | null,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO slo_digest (channel, month, decided_at, nothing_because)
     SELECT name, $2, $3, $4 FROM channel WHERE name = $1 AND digest_since = $5
     -- a second process waits here for the first to commit, and then writes nothing
     ON CONFLICT (channel, month) DO NOTHING`,
    [name, month, now, nothingBecause, since],
  );
  return rowCount === 1;
}
