import type { SendOutcome } from "#domain/notification.ts";
import { sendJson, type Way } from "./send-json.ts";

export interface LineageMessage extends Way {
  url: string;
  /** null: the backend asks for none. */
  apiKey: string | null;
  /** A run event in JSON. */
  body: string;
}

/** One POST by OpenLineage's HTTP transport. A refusal of the key or the path is retried: both are settings that someone corrects. */
export async function sendLineage({ url, apiKey, body, ...way }: LineageMessage): Promise<SendOutcome> {
  const headers = apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
  const outcome = await sendJson(way, { url, headers, body });
  return [401, 403, 404].includes(outcome.status ?? 0) ? { ...outcome, outcome: "retryable" } : outcome;
}
