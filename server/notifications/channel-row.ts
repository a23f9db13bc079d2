import type { ChannelDigestJson, ChannelJson } from "#domain/api/routing.ts";
import { type ChannelSpec, parseChannel, secretsOf } from "#domain/channel.ts";
import { formatInstant } from "#domain/instant.ts";
import type { RoutingTree } from "#domain/routing.ts";
import { digestDueAt, nextDigest } from "#domain/slo/digest.ts";
import { formatMonth } from "#domain/slo.ts";
import { specTag } from "#server/catalogue/index.ts";

export interface ChannelRow {
  name: string;
  spec: ChannelJson["spec"];
  updatedAt: Date;
  updatedBy: string;
  digestSince: Date | null;
  /** Newest first. */
  digests: DigestRow[];
}

interface DigestRow {
  month: string;
  decidedAt: string;
  deliveryId: string | null;
  state: NonNullable<ChannelDigestJson["last"]>["state"];
  nothingBecause: string | null;
}

export const channelColumns = `
  name, spec, updated_at AS "updatedAt", updated_by AS "updatedBy", digest_since AS "digestSince",
  (SELECT coalesce(jsonb_agg(jsonb_build_object('month', d.month, 'decidedAt', d.decided_at, 'deliveryId', sent.id::text,
                                                'state', sent.state, 'nothingBecause', d.nothing_because) ORDER BY d.month DESC), '[]')
     FROM slo_digest d LEFT JOIN delivery sent ON sent.id = d.delivery_id
    WHERE d.channel = channel.name) AS digests`;

export function toChannelJson(row: ChannelRow, tree: RoutingTree, now: Date): ChannelJson {
  const { name, spec, updatedAt, updatedBy } = row;
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
    digest: digestOf(row, parsed.spec, now),
    updatedAt: formatInstant(updatedAt),
    updatedBy,
  };
}

function digestOf(
  { digestSince, digests, updatedAt }: ChannelRow,
  spec: ChannelSpec,
  now: Date,
): ChannelDigestJson | null {
  if (spec.type !== "email" || spec.monthlyDigest === null) return null;
  const { tier = null, owner = null } = spec.monthlyDigest;
  const decided = digests.map(({ month }) => new Date(month));
  const month = nextDigest({ since: digestSince ?? updatedAt, decided, now });
  const [last] = digests;
  return {
    tier,
    owner,
    next: { month: formatMonth(month), dueAt: formatInstant(digestDueAt(month)) },
    last: last
      ? {
          ...last,
          month: formatMonth(new Date(last.month)),
          decidedAt: formatInstant(new Date(last.decidedAt)),
        }
      : null,
  };
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
