import type { Agent } from "node:http";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";

/** The agent that reaches the URL through the environment's HTTPS_PROXY or HTTP_PROXY; null: NO_PROXY, or none is set. */
export function forwardProxyTo(url: URL): Agent | null {
  const proxy = getProxyForUrl(url.href);
  if (proxy === "") return null;
  return url.protocol === "https:" ? new HttpsProxyAgent(proxy) : new HttpProxyAgent(proxy);
}
