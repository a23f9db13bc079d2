import { hostname, networkInterfaces } from "node:os";
import { fitsHost } from "#domain/fits-host.ts";
import { isLoopback } from "#server/settings/loopback.ts";

export interface HostSettings {
  /** HOST: what the process listens on. */
  readonly listens: string;
  /** TIDEMARK_PUBLIC_URL. */
  readonly publicUrl: string | null;
  /** TIDEMARK_ALLOWED_HOSTS: names, `*.example.com`, or `*` for any. */
  readonly allowed: readonly string[];
}

const wildcards = ["0.0.0.0", "::"];

/**
 * Whether a `Host` header names this server. A name that an attacker owns and lets resolve to this machine (DNS rebinding) does not: a
 * page from there would be of one origin with the dashboard and could read it with its visitor's network access. Callers other than
 * browsers may leave the header out.
 */
export function createHostCheck(
  { listens, publicUrl, allowed }: HostSettings,
  ownNames: () => readonly string[] = readOwnNames,
): (header: string | undefined) => boolean {
  const own = [listens, ...(publicUrl ? [new URL(publicUrl).hostname] : [])].map(plain);
  const patterns = allowed.map((pattern) => pattern.toLowerCase());
  return (header) => {
    if (header === undefined || header === "") return true;
    const name = nameOf(header);
    if (name === null) return false;
    if (isLoopback(name) || own.includes(name) || patterns.some((pattern) => fits(name, pattern))) return true;
    return wildcards.includes(listens) && ownNames().includes(name);
  };
}

/** Without its port, as URLs write it; null if it is no host. */
function nameOf(header: string): string | null {
  return URL.canParse(`http://${header}/`) && !/[/?#@\\]/.test(header)
    ? plain(new URL(`http://${header}/`).hostname)
    : null;
}

function plain(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
}

function fits(name: string, pattern: string): boolean {
  return pattern === "*" || name === plain(pattern) || fitsHost(name, pattern);
}

/** Read each time: a machine gets and loses addresses. */
function readOwnNames(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((found) => (found ?? []).map(({ address }) => address));
  return [hostname().toLowerCase(), ...addresses];
}
