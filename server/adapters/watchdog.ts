import { everywhere } from "#domain/egress.ts";
import { openEgress } from "./egress.ts";
import { outcomeOf, outcomeOfFailure, postHttp } from "./post-http.ts";

/** Its URL is the operator's own. */
const egress = openEgress(everywhere);

/** Pings an external dead man's switch while Tidemark works and sees; returns a message if that failed. */
export async function pingWatchdog(url: string, timeoutMs = 10_000): Promise<string | null> {
  try {
    const answer = await postHttp({ url, method: "GET", body: "", egress, timeoutMs });
    const outcome = outcomeOf(answer);
    return outcome.outcome === "sent" ? null : outcome.detail;
  } catch (error) {
    return outcomeOfFailure(error).detail;
  }
}
