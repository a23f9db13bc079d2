import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { type CheckDestination, type Destination, type EgressRules, listsHost } from "#domain/egress.ts";
import { isWithin, parseNetwork } from "./network.ts";

/** Where one message may go. Checked on the very address that the connection uses. */
export interface Egress {
  /** A host written as an address is never looked up, so it is checked before connecting. Throws ForbiddenDestination. */
  refuseLiteral(hostname: string): void;
  /**
   * Node's lookup, with the answer checked: a name that resolves differently the second time (DNS rebinding) has no
   * second time.
   */
  readonly lookup: LookupFunction;
  /** Before a proxy, which looks names up itself: as far as they resolve here. Throws ForbiddenDestination. */
  refuseName(hostname: string): Promise<void>;
}

/** In words for whoever wrote the channel. */
export class ForbiddenDestination extends Error {}

/** Outside the public address space, embedded IPv4 (mapped, compatible, NAT64, 6to4, Teredo) included; or no address. */
export function isPrivateAddress(address: string): boolean {
  if (isIP(address) === 0) return true;
  const parsed = ipaddr.parse(address);
  return (
    parsed.range() !== "unicast" || (parsed instanceof ipaddr.IPv6 && parsed.match(ipaddr.IPv6.parseCIDR("::/96")))
  );
}

/** `isMeantPrivate` false: public addresses only, whatever the rules allow. */
export function openEgress(rules: EgressRules, isMeantPrivate = true): Egress {
  const whyNot = (host: string, address: string) => whyForbidden(rules, { host, isMeantPrivate }, address);
  return {
    refuseLiteral(hostname) {
      const why = whyLiteralForbidden(rules, { host: hostname, isMeantPrivate });
      if (why !== null) throw new ForbiddenDestination(why);
    },
    lookup(hostname, options: LookupOptions, callback) {
      lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
        if (error) return callback(error, []);
        const why = addresses.map(({ address }) => whyNot(hostname, address)).find((found) => found !== null);
        if (why) return callback(new ForbiddenDestination(why), []);
        const [first] = addresses;
        if (options.all) return callback(null, addresses);
        return callback(null, first?.address ?? "", first?.family);
      });
    },
    async refuseName(hostname) {
      const why = await whyUnreachable(rules, { host: hostname, isMeantPrivate });
      if (why !== null) throw new ForbiddenDestination(why);
    },
  };
}

/** For what a person writes: refused at once, not when its first message is given up. */
export function createCheckDestination(rules: EgressRules): CheckDestination {
  return (destination) => whyUnreachable(rules, destination);
}

const lookupPatienceMs = 3_000;

async function whyUnreachable(rules: EgressRules, destination: Destination): Promise<string | null> {
  const bare = bareHost(destination.host);
  if (isIP(bare) !== 0) return whyLiteralForbidden(rules, destination);
  for (const { address } of await resolve(bare)) {
    const why = whyForbidden(rules, destination, address);
    if (why !== null) return why;
  }
  return rules.open.includes("public") || listsHost(rules, bare) ? null : unlisted(bare);
}

/** No address while the name does not resolve, or the name server takes too long. */
function resolve(hostname: string): Promise<LookupAddress[]> {
  return new Promise((done) => {
    const timer = setTimeout(() => done([]), lookupPatienceMs);
    lookup(hostname, { all: true }, (error, addresses) => {
      clearTimeout(timer);
      done(error ? [] : addresses);
    });
  });
}

function whyLiteralForbidden(rules: EgressRules, destination: Destination): string | null {
  const bare = bareHost(destination.host);
  return isIP(bare) === 0 ? null : whyForbidden(rules, destination, bare);
}

function whyForbidden(rules: EgressRules, { host, isMeantPrivate }: Destination, address: string): string | null {
  const isPrivate = isPrivateAddress(address);
  const found = bareHost(host) === address ? address : `${host} (${address})`;
  if (isPrivate && !isMeantPrivate) {
    return `${found} is a private address. If that is intended, allow private addresses (allowPrivate).`;
  }
  if (listsHost(rules, host) || rules.networks.some((network) => isWithin(address, parseNetwork(network)))) return null;
  if (rules.open.includes(isPrivate ? "private" : "public")) return null;
  if (!isPrivate) return unlisted(found);
  return `${found} is a private address, and TIDEMARK_EGRESS does not list it. Ask whoever runs Tidemark to add it there.`;
}

function unlisted(found: string): string {
  return `TIDEMARK_EGRESS does not list ${found}. Ask whoever runs Tidemark to add it there.`;
}

function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}
