import { setImmediate as breathe } from "node:timers/promises";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { CloudEvent } from "./messages.ts";
import { callProduct, type Product } from "./product.ts";
import type { Sender } from "./sender.ts";

const compress = promisify(gzip);
const maxBatchBytes = 1_000_000;
const maxBatchMessages = 2_000;

interface Lane {
  texts: string[];
  bytes: number;
  inFlight: Promise<void>;
}

/**
 * Batches over HTTP, one request in flight per datacenter. So a datacenter's messages arrive in order: the counts of an
 * hour before the watermark that closes it, which avoids artificial revisions in the history.
 */
export function httpSender(product: Product): Sender {
  const headers = { "content-type": "application/cloudevents-batch+json", "content-encoding": "gzip" };

  async function post(texts: string[]): Promise<void> {
    const body = await compress(`[${texts.join(",")}]`, { level: constants.Z_BEST_SPEED });
    const answer = await callProduct(product, "/api/v1/events", { method: "POST", headers, body });
    await answer.body?.cancel();
  }

  async function dispatch(lane: Lane): Promise<void> {
    await lane.inFlight;
    lane.inFlight = post(lane.texts);
    // The next caller that awaits the lane gets the failure; until then it must not end the process.
    lane.inFlight.catch(() => undefined);
    lane.texts = [];
    lane.bytes = 0;
    await breathe();
  }

  return {
    async send(messages) {
      const lanes = new Map<string, Lane>();
      for (const message of messages) {
        const lane = laneOf(lanes, message);
        const text = JSON.stringify(message);
        lane.texts.push(text);
        lane.bytes += text.length;
        if (lane.bytes >= maxBatchBytes || lane.texts.length >= maxBatchMessages) await dispatch(lane);
      }
      for (const lane of lanes.values()) if (lane.texts.length > 0) await dispatch(lane);
      await Promise.all([...lanes.values()].map((lane) => lane.inFlight));
    },
    close: async () => undefined,
  };
}

/** By the datacenter, the first part of a source: `/lon/exporter-1`. */
function laneOf(lanes: Map<string, Lane>, { source }: CloudEvent): Lane {
  const name = source.split("/")[1] ?? "";
  const lane = lanes.get(name) ?? { texts: [], bytes: 0, inFlight: Promise.resolve() };
  lanes.set(name, lane);
  return lane;
}
