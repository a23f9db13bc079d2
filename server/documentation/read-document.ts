import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type DocumentLink, type DocumentSection, documentsFolder, readContents } from "./contents.ts";

export interface Document extends DocumentLink {
  markdown: string;
  contents: DocumentSection[];
  previous: DocumentLink | null;
  next: DocumentLink | null;
}

/** One page of the documentation, with its contents and neighbours in reading order; null: unknown name. */
export async function readDocument(slug: string): Promise<Document | null> {
  const contents = await readContents();
  const pages = contents.flatMap((section) => section.pages);
  const at = pages.findIndex((each) => each.slug === slug);
  const found = pages[at];
  if (found === undefined) return null;
  const markdown = await readFile(join(documentsFolder, found.file), "utf8");
  return { ...found, markdown, contents, previous: pages[at - 1] ?? null, next: pages[at + 1] ?? null };
}
