import type { ChannelJson } from "#domain/api/routing.ts";
import { parseChannel, secretsOf } from "#domain/channel.ts";
import { formatInstant } from "#domain/instant.ts";
import type { RoutingTree } from "#domain/routing.ts";

export interface ChannelRow {
  name: string;
  spec: Record<string, unknown>;
  updatedAt: Date;
  updatedBy: string;
}

export const channelColumns = `name, spec, updated_at AS "updatedAt", updated_by AS "updatedBy"`;

export function toChannelJson({ name, spec, updatedAt, updatedBy }: ChannelRow, tree: RoutingTree): ChannelJson {
  const parsed = parseChannel(spec);
  if (!parsed.ok)
    throw new Error(`The channel ${name} cannot be read: ${JSON.stringify(parsed.faults)}. Apply it again.`);
  return {
    name,
    type: parsed.spec.type,
    enabled: parsed.spec.enabled,
    spec,
    secrets: secretsOf(spec),
    receivers: receiversOf(tree, name),
    updatedAt: formatInstant(updatedAt),
    updatedBy,
  };
}

/** The receivers that send to a channel, at first or when nobody acknowledges. */
export function receiversOf(tree: RoutingTree, channel: string): string[] {
  return [...tree.receivers.values()]
    .filter(
      ({ channels, escalation }) =>
        channels.includes(channel) || escalation.some((step) => step.channels.includes(channel)),
    )
    .map(({ name }) => name);
}
