import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { apiTypesFile, generateApiTypes } from "./generate-api-types.ts";

test("the types of the API's calls are those of its description: run `npm run generate:api`", async () => {
  expect(await readFile(apiTypesFile, "utf8")).toBe(await generateApiTypes());
});
