import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generateApiTypes } from "./generate-api-types.ts";

test("generated types and schemas are those of domain/: run `npm run generate:api`", async () => {
  for (const [file, text] of await generateApiTypes()) {
    expect(await readFile(join(import.meta.dirname, "..", file), "utf8"), file).toBe(text);
  }
});
