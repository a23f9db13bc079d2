import { z } from "zod";
import { formatInstant } from "../instant.ts";
import { nameRule, readName } from "../protocol/names.ts";

/** An instant in UTC, to the millisecond or the second. */
export const instant = z.iso.datetime().meta({ example: "2026-11-22T13:04:05Z" });

/** Names the state of something that people write. */
export const specTag = z.string().meta({
  description: "Send it in quotes as `If-Match`: a write is refused with 412 if it changed since you read it.",
});

/** The name of an event type or datacenter in a body: normalised as on ingest, so that it matches the stored name. */
export const name = z.string().transform((text, context) => {
  const read = readName(text);
  if (read !== null) return read;
  context.addIssue({ code: "custom", message: `It ${nameRule}.` });
  return z.NEVER;
});

/** The shape of every list; nextCursor is null on the last page. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** A spec in an answer: as it was written, and not as it is parsed. */
export function asWritten<Spec extends z.ZodType>(spec: Spec) {
  return spec as unknown as z.ZodType<z.input<Spec>, z.input<Spec>>;
}

/** What an answer is written from: the same, with the named instants as dates. */
export type WithDates<Json, Instants extends keyof Json> = Omit<Json, Instants> & {
  [Instant in Instants]: Date | Extract<Json[Instant], null>;
};

/** The answer's members that are written from such a row: the named instants as text, in the row's order. */
export function writeDates<Row, Instants extends keyof Row>(row: Row, instants: readonly Instants[]) {
  const texts = instants.map((name) => {
    const at = row[name];
    return [name, at instanceof Date ? formatInstant(at) : at];
  });
  return { ...row, ...Object.fromEntries(texts) } as Omit<Row, Instants> & {
    [Instant in Instants]: string | Extract<Row[Instant], null>;
  };
}
