import { join } from "node:path";
import { type Fault, Invalid } from "#server/errors.ts";
import { TooMuchWork, WorkThread } from "#server/process/work-thread.ts";
import { type ReadSource, readSource, type SourceReading } from "./read-source.ts";

/** One document of a catalogue text, with the positions of its members. */
export interface SourceDocument {
  readonly value: unknown;
  /** Position of a member, by its pointer within the document; of its nearest parent, if it is missing. */
  locate(pointer: string): Pick<Fault, "pointer" | "line">;
}

/** Parsing blocks its thread for a microsecond or more a character: what is longer gets a thread of its own. */
const shortText = 16 * 1024;
// The product runs from its repository; a bundler must not look for the file.
const thread = new WorkThread<string, SourceReading>({
  file: join(process.cwd(), "server/catalogue/read-source-thread.ts"),
  withinMs: 30_000,
  mostWaiting: 8,
  advice: "Split the catalogue into several files.",
});

/**
 * Splits YAML or JSON text into documents: YAML's own (between `---`), or the members of a top-level list. Pointers start with the
 * document's index, not counting empty documents. Throws Invalid with every syntax fault.
 */
export async function readDocuments(text: string): Promise<SourceDocument[]> {
  const read = text.length <= shortText ? await readSource(text) : await thread.run(text).catch(refuseWork);
  if (!read.ok) throw unreadable(read.faults);
  if (read.sources.length > 0) return read.sources.map(toDocument);
  throw new Invalid("The catalogue is empty.", [{ pointer: "", detail: "must have at least one document" }]);
}

function refuseWork(error: unknown): never {
  if (error instanceof TooMuchWork) throw unreadable([{ pointer: "", detail: error.message }]);
  throw error;
}

function unreadable(faults: readonly Fault[]): Invalid {
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
