import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";

/** One line of the file: a CloudEvent in JSON. */
export interface ReplayedEvent {
  line: number;
  /** The line's number. */
  characters: number;
  event: Record<string, unknown>;
  /** Its `time` in milliseconds; null if it is missing or invalid, which the product will refuse. */
  timeMs: number | null;
}

/** A line that is not a JSON object. */
export class UnreadableLine extends Error {
  constructor(line: number, reason: string) {
    super(`Line ${line} is not a JSON object (${reason}). A replay file has one CloudEvent per line.`);
  }
}

/** The file's events in order; memory does not grow with the file. `.gz` is unpacked. */
export async function* readEvents(file: string): AsyncGenerator<ReplayedEvent> {
  const bytes = createReadStream(file);
  const stream = file.endsWith(".gz") ? bytes.pipe(createGunzip()) : bytes;
  // A broken source must end the lines too: pipe does not forward its errors.
  bytes.on("error", (error) => stream.destroy(error));
  let line = 0;
  for await (const text of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() === "") continue;
    const event = parseLine(text, line);
    const timeMs = typeof event.time === "string" ? Date.parse(event.time) : Number.NaN;
    yield { line, characters: text.length, event, timeMs: Number.isNaN(timeMs) ? null : timeMs };
  }
}

function parseLine(text: string, line: number): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UnreadableLine(line, (error as Error).message);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UnreadableLine(line, "another value");
  return value as Record<string, unknown>;
}
