import { fitsHost } from "./fits-host.ts";

/** Where Tidemark may send: what TIDEMARK_EGRESS lists. */
export interface EgressRules {
  /** Whole classes of addresses. */
  readonly open: readonly ("public" | "private")[];
  /** Host names, `*.example.com` for every host below it. They may have any address. */
  readonly hosts: readonly string[];
  /** Networks as `10.2.0.0/16`. */
  readonly networks: readonly string[];
}

export const everywhere: EgressRules = { open: ["public", "private"], hosts: [], networks: [] };
export const publicOnly: EgressRules = { open: ["public"], hosts: [], networks: [] };

/** A receiver that a person wrote into a channel or a consumer's webhook. */
export interface Destination {
  readonly host: string;
  /** Whoever wrote it means a private address; without that, only public ones are allowed. */
  readonly isMeantPrivate: boolean;
}

/** Says why Tidemark may not send there, in one sentence; null: it may, or the name does not resolve now. */
export type CheckDestination = (destination: Destination) => Promise<string | null>;

/** The host, in lower case and without a final dot, is listed by name. */
export function listsHost({ hosts }: EgressRules, host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return hosts.some((listed) => fitsHost(name, listed));
}
