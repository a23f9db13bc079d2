import { type Corrections, noCorrections } from "../correction/set-aside.ts";
import { hourEnd, hourOf } from "../hour.ts";
import type { CountersMessage, HourClosedMessage, Message, MessageOf, WatermarkMessage } from "../protocol/messages.ts";
import type { Batch, OpenBatch } from "./batch.ts";
import * as keep from "./keep.ts";
import { ofEachSingle, type SingleKind, type SingleRow, singleRows } from "./single-rows.ts";

/**
 * Merges one message into the batch, in place. What a correction sets aside is marked with it and merged separately.
 */
export function addMessage(batch: Batch, message: Message, corrections: Corrections = noCorrections): void {
  const open = batch as OpenBatch;
  open.messageCount++;
  // Who deploys is elsewhere: a release train reports a deployment for a datacenter that is cut off.
  if (message.dc !== null && message.kind !== "deployment")
    put(open.lastSeen, message.dc, message.time, keep.keepLatest);
  switch (message.kind) {
    case "counters":
      addCounters(open, message, corrections);
      break;
    case "watermark":
      addWatermarks(open, message, corrections);
      break;
    case "hour-closed":
      addMarkers(open, message, corrections);
      break;
    default:
      addSingle(open, message);
  }
}

/** Two batches as one, as if every message had been added to it. The arguments stay unchanged. */
export function mergeBatches(a: Batch, b: Batch): Batch {
  return {
    ...ofEachSingle((kind, { keep }) => join<unknown>(a[kind], b[kind], keep)),
    counts: join(a.counts, b.counts, keep.keepCount),
    finals: join(a.finals, b.finals, keep.keepFinal),
    watermarks: join(a.watermarks, b.watermarks, keep.keepWatermark),
    closings: join(a.closings, b.closings, keep.keepClosing),
    markers: join(a.markers, b.markers, keep.keepMarker),
    lastSeen: join(a.lastSeen, b.lastSeen, keep.keepLatest),
    messageCount: a.messageCount + b.messageCount,
  };
}

function join<Row>(a: ReadonlyMap<string, Row>, b: ReadonlyMap<string, Row>, keepRow: Keep<Row>): Map<string, Row> {
  const joined = new Map(a);
  for (const [key, row] of b) put(joined, key, row, keepRow);
  return joined;
}

type Keep<Row> = (a: Row, b: Row) => Row;

function put<Row>(rows: Map<string, Row>, key: string, row: Row, keepRow: Keep<Row>): void {
  const known = rows.get(key);
  rows.set(key, known === undefined ? row : keepRow(known, row));
}

/** Names contain no control characters, so NUL is an unambiguous separator. */
function keyOf(...parts: readonly (string | number)[]): string {
  return parts.join("\0");
}

function addCounters({ counts, finals }: OpenBatch, message: CountersMessage, corrections: Corrections): void {
  const { dc, stage, reporter, epoch, reports, final, time } = message;
  if (final) put(finals, keyOf(dc, reporter), { dc, reporter, finalAt: time }, keep.keepFinal);
  const of = keyOf(dc, stage, reporter);
  for (const report of reports) {
    const { eventType, hour, landedHour } = report;
    const heldBy = corrections.findCountHolder({ eventType, dc, stage, reporter, hour, time });
    const key = `${of}\0${eventType}\0${hour.getTime()}\0${landedHour.getTime()}${holderKey(heldBy)}`;
    put(counts, key, { ...report, dc, stage, reporter, epoch, heldBy }, keep.keepCount);
  }
}

function addWatermarks({ watermarks, closings }: OpenBatch, message: WatermarkMessage, corrections: Corrections): void {
  const { dc, marks, time } = message;
  for (const { eventType, watermark } of marks) {
    const closedThrough = hourOf(watermark);
    const heldBy = corrections.findMarkHolder({ eventType, dc, closedThrough, time });
    const mark = { eventType, dc, watermark, observedAt: time };
    if (heldBy === null) put(watermarks, keyOf(eventType, dc), mark, keep.keepWatermark);
    const key = keyOf(eventType, dc, closedThrough.getTime()) + holderKey(heldBy);
    put(closings, key, { ...mark, closedThrough, closedAt: time, heldBy }, keep.keepClosing);
  }
}

function addMarkers({ markers }: OpenBatch, { dc, marks, time }: HourClosedMessage, corrections: Corrections): void {
  for (const { eventType, hour, location } of marks) {
    const heldBy = corrections.findMarkHolder({ eventType, dc, closedThrough: hourEnd(hour), time });
    const key = keyOf(eventType, hour.getTime(), dc) + holderKey(heldBy);
    put(markers, key, { eventType, hour, dc, closedAt: time, location, heldBy }, keep.keepMarker);
  }
}

/** Empty for facts that count: nearly all of them. */
function holderKey(heldBy: number | null): string {
  return heldBy === null ? "" : `\0${heldBy}`;
}

function addSingle(batch: OpenBatch, message: MessageOf<SingleKind>): void {
  const single: SingleRow<Message, unknown> = singleRows[message.kind];
  const rows: Map<string, unknown> = batch[message.kind];
  put(rows, keyOf(...single.key(message)), single.row(message), single.keep);
}
