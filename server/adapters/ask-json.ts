import type { Egress } from "./egress.ts";
import { type HttpAnswer, postHttp } from "./post-http.ts";

/** Metadata of stores is at most some megabytes; what is larger is not read. */
const mostAnswerBytes = 32 * 1024 * 1024;

export interface Question {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly token: string | null;
  readonly body?: object;
  readonly egress: Egress;
  readonly timeoutMs?: number;
  /** Changes the answer's text before it is parsed. */
  readonly prepare?: (text: string) => string;
}

/** What a service said no with: its status, and its text. */
export class RefusedQuestion extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(what: string, { status, text }: HttpAnswer) {
    super(`${what} answered ${status}.`);
    this.status = status;
    this.body = parsed(text);
  }
}

/** Asks a service in JSON. Throws RefusedQuestion for every answer but 2xx, and an error in words without one. */
export async function askJson({
  method,
  url,
  token,
  body,
  egress,
  timeoutMs = 30_000,
  prepare,
}: Question): Promise<unknown> {
  const answer = await postHttp({
    url,
    method,
    headers: {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: body === undefined ? "" : JSON.stringify(body),
    timeoutMs,
    mostAnswerBytes,
    egress,
  });
  const { host } = new URL(url);
  if (answer.status < 200 || answer.status >= 300) throw new RefusedQuestion(host, answer);
  if (Buffer.byteLength(answer.text) >= mostAnswerBytes)
    throw new Error(`${host} answered more than ${mostAnswerBytes / 1024 ** 2} MiB, the limit for an answer.`);
  const found = parsed(prepare ? prepare(answer.text) : answer.text);
  if (found === undefined) throw new Error(`${host} did not answer JSON. Check its address.`);
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
