import { type Fault, Invalid } from "#server/errors.ts";
import type { ReadSource, SourceReading } from "./read-source.ts";

/** One document of a catalogue text, with the positions of its members. */
export interface SourceDocument {
  readonly value: unknown;
  /** Position of a member, by its pointer within the document; of its nearest parent, if it is missing. */
  locate(pointer: string): Pick<Fault, "pointer" | "line">;
}

/** Throws Invalid with every syntax fault, or if there is no document. */
export function documentsOf(read: SourceReading): SourceDocument[] {
  if (!read.ok) throw unreadable(read.faults);
  if (read.sources.length > 0) return read.sources.map(toDocument);
  throw new Invalid("The catalogue is empty.", [{ pointer: "", detail: "must have at least one document" }]);
}

export function unreadable(faults: readonly Fault[]): Invalid {
  return new Invalid("The catalogue is invalid.", faults);
}

function toDocument({ value, places }: ReadSource, index: number): SourceDocument {
  let lines: Map<string, number> | undefined;
  return {
    value,
    locate(pointer) {
      lines ??= new Map(
        places
          .split("\n")
          .map((place) => [place.slice(0, place.indexOf("\t")), Number(place.slice(place.indexOf("\t") + 1))]),
      );
      for (let parent = pointer; ; parent = parent.slice(0, parent.lastIndexOf("/"))) {
        const line = lines.get(parent);
        if (line !== undefined) return { pointer: `/${index}${pointer}`, line };
        if (parent === "") return { pointer: `/${index}${pointer}` };
      }
    },
  };
}
