import type { ChannelDigestJson, ChannelJson } from "#domain/api/routing.ts";
import { type ChannelSpec, parseChannel, secretsOf } from "#domain/channel.ts";
import { formatInstant } from "#domain/instant.ts";
import type { RoutingTree } from "#domain/routing.ts";
import { digestDueAt, nextDigest } from "#domain/slo/digest.ts";
import { formatMonth } from "#domain/slo.ts";
import type { Sql } from "#server/db/database.ts";
import type { Channel } from "#server/db/generated/client.ts";
import { specTag } from "#server/precondition.ts";

interface DigestRow {
  channel: string;
  month: Date;
  decidedAt: Date;
  deliveryId: string | null;
  state: NonNullable<ChannelDigestJson["last"]>["state"];
  nothingBecause: string | null;
}

/** The digests decided for these channels, newest first, by channel. */
export async function loadDigests(sql: Sql, channels: readonly string[]): Promise<Map<string, DigestRow[]>> {
  const { rows } = await sql.query<DigestRow>(
    `SELECT d.channel, d.month, d.decided_at AS "decidedAt", sent.id::text AS "deliveryId", sent.state,
            d.nothing_because AS "nothingBecause"
       FROM slo_digest d LEFT JOIN delivery sent ON sent.id = d.delivery_id
      WHERE d.channel = ANY ($1) ORDER BY d.month DESC`,
    [channels],
  );
  return Map.groupBy(rows, ({ channel }) => channel);
}

interface Surroundings {
  tree: RoutingTree;
  /** The on-call schedules in which it reaches a person. */
  schedules: readonly string[];
  /** Its own, newest first. */
  digests: readonly DigestRow[];
  now: Date;
}

export function toChannelJson(row: Channel, { tree, schedules, digests, now }: Surroundings): ChannelJson {
  const { name, updatedAt, updatedBy } = row;
  const spec = row.spec as ChannelJson["spec"];
  const parsed = parseChannel(spec);
  if (!parsed.ok)
    throw new Error(`The channel ${name} cannot be read: ${JSON.stringify(parsed.faults)}. Apply it again.`);
  return {
    name,
    type: parsed.spec.type,
    enabled: parsed.spec.enabled,
    spec,
    etag: specTag(spec),
    secrets: secretsOf(spec),
    receivers: receiversOf(tree, name),
    onCall: [...schedules],
    digest: digestOf(row, parsed.spec, digests, now),
    updatedAt: formatInstant(updatedAt),
    updatedBy,
  };
}

function digestOf(
  { digestSince, updatedAt }: Channel,
  spec: ChannelSpec,
  digests: readonly DigestRow[],
  now: Date,
): ChannelDigestJson | null {
  if (spec.type !== "email" || spec.monthlyDigest === null) return null;
  const { tier = null, owner = null } = spec.monthlyDigest;
  const month = nextDigest({ since: digestSince ?? updatedAt, decided: digests.map((digest) => digest.month), now });
  const [last] = digests;
  return {
    tier,
    owner,
    next: { month: formatMonth(month), dueAt: formatInstant(digestDueAt(month)) },
    last: last ? toDigestJson(last) : null,
  };
}

function toDigestJson({ channel: _, month, decidedAt, ...digest }: DigestRow): ChannelDigestJson["last"] {
  return { ...digest, month: formatMonth(month), decidedAt: formatInstant(decidedAt) };
}

/** Receivers that use a channel, at first or in escalations. */
export function receiversOf(tree: RoutingTree, channel: string): string[] {
  return [...tree.receivers.values()]
    .filter(
      ({ channels, escalation }) =>
        channels.includes(channel) || escalation.some((step) => step.channels.includes(channel)),
    )
    .map(({ name }) => name);
}
