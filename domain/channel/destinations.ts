import type { Destination } from "../egress.ts";
import type { ChannelSpec } from "./parse-channel.ts";

/** Where a channel sends, as far as its spec says: a URL that is itself a secret is checked on sending. */
export function destinationOf(spec: ChannelSpec): (Destination & { pointer: string }) | null {
  if (spec.type === "email") return { pointer: "/smtp/host", host: spec.smtp.host, isMeantPrivate: true };
  if (spec.type === "slack" || spec.type === "teams" || typeof spec.url !== "string") return null;
  const isMeantPrivate = spec.type !== "webhook" || spec.allowPrivate;
  return { pointer: "/url", host: new URL(spec.url).hostname, isMeantPrivate };
}
