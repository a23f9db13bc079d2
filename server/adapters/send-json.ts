import type { SendOutcome } from "#domain/notification.ts";
import type { Egress } from "./egress.ts";
import { type HttpAnswer, outcomeOf, outcomeOfFailure, postHttp } from "./post-http.ts";

/** How a message leaves. */
export interface Way {
  /** Where it may go: a receiver, or a proxy before it, may be in one's own network. */
  egress: Egress;
  /** For the exchange, in real milliseconds. */
  timeoutMs?: number;
}

export interface JsonMessage {
  url: string;
  method?: "POST" | "PUT";
  headers?: Record<string, string>;
  /** Text is JSON already. */
  body: string | object;
}

/** Sends JSON. What comes of it is read from the answer; without one, the failure says whether a retry can help. */
export async function sendJson(
  { egress, timeoutMs }: Way,
  { body, headers, ...message }: JsonMessage,
  read: (answer: HttpAnswer) => SendOutcome = outcomeOf,
): Promise<SendOutcome> {
  try {
    const answer = await postHttp({
      ...message,
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
      egress,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
    return read(answer);
  } catch (error) {
    return outcomeOfFailure(error);
  }
}
