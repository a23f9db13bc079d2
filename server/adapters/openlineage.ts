import type { SendOutcome } from "#domain/notification.ts";
import type { Egress } from "./egress.ts";
import { outcomeOf, outcomeOfFailure, postHttp } from "./post-http.ts";

export interface LineageMessage {
  url: string;
  /** null: the backend asks for none. */
  apiKey: string | null;
  /** A run event in JSON. */
  body: string;
  egress: Egress;
}

/** One POST by OpenLineage's HTTP transport. A refusal of the key or the path is retried: both are settings that someone corrects. */
export async function sendLineage({ url, apiKey, body, egress }: LineageMessage): Promise<SendOutcome> {
  const authorization = apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
  try {
    const answer = await postHttp({
      url,
      body,
      egress,
      headers: { "content-type": "application/json", ...authorization },
    });
    const outcome = outcomeOf(answer);
    return [401, 403, 404].includes(answer.status) ? { ...outcome, outcome: "retryable" } : outcome;
  } catch (error) {
    return outcomeOfFailure(error);
  }
}
