import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { documentsFolder } from "./contents.ts";

const namePattern = /^[a-z\d-]+\.png$/;

/** One of the documentation's pictures; null: unknown name. */
export async function readPicture(name: string): Promise<Buffer | null> {
  if (!namePattern.test(name)) return null;
  return readFile(join(documentsFolder, "screens", name)).catch(() => null);
}
