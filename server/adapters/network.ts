import ipaddr from "ipaddr.js";

export type Network = readonly [base: ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/** Reads `10.2.0.0/16`, or one address. Throws for anything else. */
export function parseNetwork(text: string): Network {
  if (text.includes("/")) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

/** IPv4 within IPv6 counts as IPv4. What is no address lies nowhere. */
export function isWithin(address: string, [base, bits]: Network): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.kind() === base.kind() && parsed.match(base as ipaddr.IPv4 & ipaddr.IPv6, bits);
}
