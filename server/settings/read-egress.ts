import ipaddr from "ipaddr.js";
import type { EgressRules } from "#domain/egress.ts";

const hostName = /^(\*\.)?[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_][a-z0-9_-]{0,62})*$/;

/** `public,private,*.example.com,10.2.0.0/16`; undefined: one entry is none of these. */
export function readEgress(text: string): EgressRules | undefined {
  const rules = { open: [] as ("public" | "private")[], hosts: [] as string[], networks: [] as string[] };
  for (const entry of text.toLowerCase().split(",")) {
    const name = entry.trim();
    if (name === "public" || name === "private") rules.open.push(name);
    else if (ipaddr.isValidCIDR(name)) rules.networks.push(name);
    else if (ipaddr.IPv4.isValidFourPartDecimal(name)) rules.networks.push(`${name}/32`);
    else if (ipaddr.IPv6.isValid(name)) rules.networks.push(`${name}/128`);
    else if (hostName.test(name)) rules.hosts.push(name);
    else return undefined;
  }
  return rules;
}
