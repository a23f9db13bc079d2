import { readSource } from "../../../server/catalogue/read-source.ts";
import { documentsOf, type SourceDocument } from "../../../server/catalogue/source-documents.ts";

/** Throws Invalid with every syntax fault. A server reads long texts beside its other work; a command has none. */
export async function readDocuments(text: string): Promise<SourceDocument[]> {
  return documentsOf(await readSource(text));
}
