import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type CatalogueKind, catalogueKinds, parseDocument } from "#domain/catalogue.ts";
import { readDocuments } from "./read-documents.ts";

const folder = join(import.meta.dirname, "../../docs");

/** Every catalogue document that stands in the documentation, to be copied. */
const texts = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".md"))
  .flatMap((file) =>
    [...readFileSync(join(folder, file), "utf8").matchAll(/```yaml\n([\s\S]*?)```/g)]
      .filter(([, text = ""]) => /^kind: /m.test(text))
      .map(([, text = ""]) => ({ file, text })),
  );

async function readDocumented() {
  const read = await Promise.all(
    texts.map(async ({ file, text }) => (await readDocuments(text)).map(({ value }) => ({ file, value }))),
  );
  return read.flat().filter(({ value }) => catalogueKinds.includes((value as { kind: CatalogueKind }).kind));
}

test("documents in the documentation can be applied as they stand", async () => {
  const documents = await readDocumented();
  for (const { file, value } of documents) {
    const parsed = parseDocument(value);
    expect([file, parsed.ok ? [] : parsed.faults]).toEqual([file, []]);
  }
  const kinds = new Set(documents.map(({ value }) => (value as { kind: string }).kind));
  expect([...kinds].sort()).toEqual(expect.arrayContaining(["AlertRule", "Channel", "RoutingTree", "Silence"]));
});
