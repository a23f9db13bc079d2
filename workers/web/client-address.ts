import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";
import { isWithin, parseNetwork } from "#server/adapters/network.ts";

/**
 * The address that a request is counted for. Only what a trusted proxy says of its own caller is believed; an IPv6 address stands for its
 * /64, the least that one customer is given.
 */
export function createAddressReader(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const networks = trustedProxies.map(parseNetwork);
  const isTrusted = (address: string) => networks.some((network) => isWithin(address, network));
  return ({ socket, headers }) => {
    const forwarded = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
    const hops = forwarded.map((hop) => hop.trim()).filter((hop) => ipaddr.isValid(hop));
    // From the nearest hop outwards: beyond the first that is not trusted, everything may be made up.
    const seen = [...hops, socket.remoteAddress ?? ""].reverse();
    const client = seen.find((address) => !isTrusted(address)) ?? seen.at(-1) ?? "";
    return blockOf(client);
  };
}

/** IPv4 as it is, an IPv6 address as its /64. */
export function blockOf(address: string): string {
  if (!ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(":")}::/64`;
}
