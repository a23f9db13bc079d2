import { outcomeOf, outcomeOfFailure, postHttp } from "./post-http.ts";

/** Tells a dead man's switch outside that Tidemark lives and sees; a sentence when that could not be told. */
export async function pingWatchdog(url: string, timeoutMs = 10_000): Promise<string | null> {
  try {
    const answer = await postHttp({ url, method: "GET", body: "", allowPrivate: true, timeoutMs });
    const outcome = outcomeOf(answer);
    return outcome.outcome === "sent" ? null : outcome.detail;
  } catch (error) {
    return outcomeOfFailure(error).detail;
  }
}
