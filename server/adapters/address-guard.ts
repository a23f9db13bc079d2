import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** The address belongs to this machine, its network, or no host at all. */
export class PrivateAddress extends Error {
  constructor(host: string, address: string) {
    super(`${host} is ${address}, a private address: allow it in the channel (allowPrivate) if it is meant.`);
  }
}

// Two lists: in one, an IPv4 address would also match the rule for IPv4-mapped IPv6 addresses.
const blocked = { ipv4: new BlockList(), ipv6: new BlockList() };
const v4: [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
// Includes addresses that embed IPv4, which would bypass the list above: mapped, NAT64, 6to4, Teredo.
const v6: [string, number][] = [
  ["::", 96],
  ["::ffff:0:0", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
];
for (const [net, prefix] of v4) blocked.ipv4.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of v6) blocked.ipv6.addSubnet(net, prefix, "ipv6");

export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return true;
  return family === 6 ? blocked.ipv6.check(address, "ipv6") : blocked.ipv4.check(address, "ipv4");
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
