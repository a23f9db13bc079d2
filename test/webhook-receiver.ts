import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

export interface ReceivedWebhook {
  id: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read responses of any shape
  body: any;
  headers: Record<string, string>;
  /** Wall clock. */
  atMs: number;
}

/** A consumer's receiver, a real HTTP server: records requests and answers as configured. */
export class WebhookReceiver {
  readonly received: ReceivedWebhook[] = [];
  /** The next answers; 204 once used up. */
  readonly answers: number[] = [];
  /** The delay of each answer. */
  delayMs = 0;
  /** Called with each answered request's index in `received`. */
  onAnswered: (index: number) => void = () => undefined;
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = request.headers as Record<string, string>;
      const text = Buffer.concat(chunks).toString("utf8");
      this.texts.push(text);
      const atMs = performance.timeOrigin + performance.now();
      this.received.push({ id: headers["webhook-id"] ?? "", body: JSON.parse(text), headers, atMs });
      const status = this.answers.shift() ?? 204;
      const index = this.received.length - 1;
      const answer = () => void response.writeHead(status).end(() => this.onAnswered(index));
      if (this.delayMs === 0) answer();
      else setTimeout(answer, this.delayMs);
    });
  });
  readonly texts: string[] = [];
  url = "";

  static async start(host = "127.0.0.1"): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, host, resolve));
    receiver.url = `http://${host}:${(receiver.#server.address() as AddressInfo).port}/tidemark`;
    return receiver;
  }

  /** Verified as by a receiver's library; throws if the signature is not this secret's. */
  verify(index: number, secret: string): void {
    const { headers } = this.received[index] as ReceivedWebhook;
    new Webhook(secret).verify(this.texts[index] ?? "", headers);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
