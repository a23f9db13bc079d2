import { PubSub } from "@google-cloud/pubsub";
import type { Sender } from "./sender.ts";

export interface PubsubTarget {
  projectId: string;
  /** HOST:PORT; null: Google's service with the machine's own credentials. */
  emulator: string | null;
  topic: string;
  signal: AbortSignal;
}

// Ten batches in flight keep the client busy; more would only wait in memory.
const maxInFlight = 10_000;
const attributes = { "content-type": "application/cloudevents+json; charset=utf-8" };

/** Structured CloudEvents, one per message. The topic must exist: the product creates it on an emulator. */
export function pubsubSender({ projectId, emulator, topic: name, signal }: PubsubTarget): Sender {
  const client = new PubSub({ projectId, ...(emulator && { apiEndpoint: emulator, emulatorMode: true }) });
  const topic = client.topic(name, { batching: { maxMessages: 1_000, maxMilliseconds: 20 } });

  return {
    async send(messages) {
      let failure: unknown;
      let inFlight = 0;
      let wake = () => {};
      const settled = (error?: unknown) => {
        failure ??= error;
        inFlight--;
        wake();
      };
      const roomFor = async (most: number) => {
        while (inFlight > most && !failure) await new Promise<void>((resolve) => (wake = resolve));
        if (failure) throw failure;
        signal.throwIfAborted();
      };
      for (const message of messages) {
        inFlight++;
        topic.publishMessage({ data: Buffer.from(JSON.stringify(message)), attributes }).then(() => settled(), settled);
        await roomFor(maxInFlight);
      }
      await roomFor(0);
    },
    async close() {
      await topic.flush();
      await client.close();
    },
  };
}
