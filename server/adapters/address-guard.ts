import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** The address belongs to this machine, its network, or no host at all. */
export class PrivateAddress extends Error {
  constructor(host: string, address: string) {
    super(`${host} is ${address}, a private address. If that is intended, set allowPrivate in the channel.`);
  }
}

/** Outside the public address space, embedded IPv4 (mapped, compatible, NAT64, 6to4, Teredo) included; or no address. */
export function isPrivateAddress(address: string): boolean {
  if (isIP(address) === 0) return true;
  const parsed = ipaddr.parse(address);
  return (
    parsed.range() !== "unicast" || (parsed instanceof ipaddr.IPv6 && parsed.match(ipaddr.IPv6.parseCIDR("::/96")))
  );
}

/** A host written as an address is never looked up, so it is checked before connecting. */
export function refusePrivateLiteral(hostname: string): void {
  const bare = hostname.replace(/^\[|\]$/g, "");
  if (isIP(bare) !== 0 && isPrivateAddress(bare)) throw new PrivateAddress(hostname, bare);
}

/**
 * Node's lookup, checking the very answer that the connection uses: a name that resolves differently the second time
 * (DNS rebinding) has no second time.
 */
export const guardedLookup: LookupFunction = (hostname, options: LookupOptions, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, []);
    const found = addresses.find(({ address }) => isPrivateAddress(address));
    if (found) return callback(new PrivateAddress(hostname, found.address), []);
    const [first] = addresses;
    if (options.all) return callback(null, addresses);
    return callback(null, first?.address ?? "", first?.family);
  });
};
