/** Whether a listed host names this one: the same, or `*.example.com` for every host below it. Both in lower case. */
export function fitsHost(host: string, listed: string): boolean {
  return host === listed || (listed.startsWith("*.") && host.endsWith(listed.slice(1)));
}
