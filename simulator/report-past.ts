import type { CloudEvent } from "./messages.ts";
import { type Product, readStatus, waitUntilTaken } from "./product.ts";
import type { Sender } from "./sender.ts";

/** The transport to the product. */
export interface Line {
  product: Product;
  sender: Sender;
  /** With a queue in between: messages are ingested later, and in another order. */
  queued: boolean;
}

/** Sends the distant past much faster than it happened, without artificial revisions in the product's history. */
export async function reportPast(line: Line, messages: Iterable<CloudEvent>): Promise<void> {
  if (line.queued) await sendThroughQueue(line, messages);
  else await line.sender.send(messages);
}

/**
 * A queue keeps no order, and at this speed hours would be closed before they are counted, often by the watermarks of
 * later hours: artificial revisions. So each hour is closed by a marker of its own, and for a few days at a time the
 * markers are sent once all the rest is ingested.
 */
async function sendThroughQueue({ product, sender }: Line, messages: Iterable<CloudEvent>): Promise<void> {
  let expected = (await readStatus(product)).ingest.messages;
  for (const days of chunksOf(messages)) {
    const isWatermark = ({ type }: CloudEvent) => type === "tidemark.watermark.v1";
    const markers = days.filter(isWatermark).map(asHourMarkers);
    for (const part of [days.filter((message) => !isWatermark(message)), markers]) {
      await sender.send(part);
      expected += part.length;
      await waitUntilTaken(product, expected);
    }
  }
}

/** A watermark at an hour's end as the marker that closes this hour alone. */
function asHourMarkers({ data, id, ...rest }: CloudEvent): CloudEvent {
  const marks = (data.marks as { eventType: string; watermark: string }[]).map(({ eventType, watermark }) => ({
    eventType,
    hour: new Date(Date.parse(watermark) - 3_600_000).toISOString().slice(0, 13),
  }));
  return { ...rest, id: `closed-${id}`, type: "tidemark.hour-closed.v1", data: { dc: data.dc, marks } };
}

const chunkMs = 4 * 86_400_000;

function* chunksOf(messages: Iterable<CloudEvent>): Generator<CloudEvent[]> {
  let chunk: CloudEvent[] = [];
  let number = 0;
  for (const message of messages) {
    const ofMessage = Math.floor(Date.parse(message.time) / chunkMs);
    if (ofMessage !== number && chunk.length > 0) {
      yield chunk;
      chunk = [];
    }
    number = ofMessage;
    chunk.push(message);
  }
  if (chunk.length > 0) yield chunk;
}
