import { join } from "node:path";
import { TooMuchWork, WorkThread } from "#server/process/work-thread.ts";
import { readSource, type SourceReading } from "./read-source.ts";
import { documentsOf, type SourceDocument, unreadable } from "./source-documents.ts";

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
  return documentsOf(text.length <= shortText ? await readSource(text) : await thread.run(text).catch(refuseWork));
}

function refuseWork(error: unknown): never {
  if (error instanceof TooMuchWork) throw unreadable([{ pointer: "", detail: error.message }]);
  throw error;
}
