import ipaddr from "ipaddr.js";

/** Whether only programs on this machine reach a host of this name. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, "");
  if (name === "localhost" || name.endsWith(".localhost")) return true;
  return ipaddr.isValid(name) && ipaddr.process(name).range() === "loopback";
}

interface WhereItIsReached {
  readonly HOST: string;
  readonly TIDEMARK_PUBLIC_URL: string | null;
  readonly TIDEMARK_TRUSTED_PROXIES: readonly unknown[];
}

/**
 * The setting by which other machines reach the pages and the API, such as "HOST is 0.0.0.0"; null: only this machine
 * does. HOST alone does not say it: a proxy beside the process serves others from a loopback address.
 */
export function reachFromElsewhere(config: WhereItIsReached): string | null {
  const { HOST, TIDEMARK_PUBLIC_URL: publicUrl, TIDEMARK_TRUSTED_PROXIES: proxies } = config;
  if (!isLoopback(HOST)) return `HOST is ${HOST}`;
  if (publicUrl !== null && !isLoopback(new URL(publicUrl).hostname)) return `TIDEMARK_PUBLIC_URL is ${publicUrl}`;
  return proxies.length > 0 ? "TIDEMARK_TRUSTED_PROXIES names a proxy in front" : null;
}
