import type { readDocuments as read } from "#server/catalogue/index.ts";

/** The catalogue brings the database client along: it is loaded when there is a text to read. */
export async function readDocuments(text: string): ReturnType<typeof read> {
  const { readDocuments: readText } = await import("#server/catalogue/index.ts");
  return await readText(text);
}
