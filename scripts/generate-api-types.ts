import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import openapiTs, { astToString, type OpenAPI3, tsUnion, UNDEFINED, UNKNOWN } from "openapi-typescript";
import ts from "typescript";
import { openDatabase } from "#server/db/database.ts";
import { openTestApi } from "#test/test-api.ts";

/** The types of every call, for the pages and the command line: `npm run generate:api`. */
export const apiTypesFile = join(import.meta.dirname, "../domain/api/paths.ts");

const header = "// Generated from the API's description by `npm run generate:api`. Do not edit.\n\n";

/** Methods that a path has not, and parameters that a method has not. */
const nothing = /^ *(get|put|post|delete|options|head|patch|trace|query|header|path|cookie)\?: never;\n/gm;
const left = new Set(["example", "examples", "format", "operationId", "headers", "webhooks"]);

/** Prose, examples and what the client throws (every problem, 304) are no types; operations are named by their paths. */
function withoutProse(key: string, value: unknown): unknown {
  // A member may be called `description`: its schema is no text.
  if (left.has(key) || /^[345]\d\d$/.test(key) || (/^(description|summary)$/.test(key) && typeof value === "string"))
    return undefined;
  return key === "parameters" && Array.isArray(value) ? value.filter(({ in: place }) => place !== "header") : value;
}

export async function generateApiTypes(): Promise<string> {
  // Never connected: the description is made from the routes alone.
  const database = openDatabase("postgres://nobody:x@127.0.0.1:1/none");
  try {
    const api = openTestApi(database, { now: () => new Date() });
    const answer = await api.call("GET", "/api/openapi.json", { token: null });
    const document = JSON.parse(await answer.text(), withoutProse) as OpenAPI3;
    const types = await openapiTs(document, {
      alphabetize: true,
      defaultNonNullable: false,
      // A type that names itself is no type: any JSON value is unknown.
      transform: (_schema, { path }) => (path?.endsWith("/JsonValue") ? UNKNOWN : undefined),
      // As zod infers them, whose types the pages are written with: a partial record's members are not undefined.
      transformProperty: (property, _schema, { path }) =>
        property.questionToken && !path?.includes("/counts/")
          ? ts.factory.updatePropertySignature(
              property,
              property.modifiers,
              property.name,
              property.questionToken,
              tsUnion([property.type ?? UNKNOWN, UNDEFINED]),
            )
          : property,
    });
    return header + astToString(types).replaceAll(nothing, "").replaceAll('"/api/v1/', '"/');
  } finally {
    await database.close();
  }
}

if (import.meta.main) await writeFile(apiTypesFile, await generateApiTypes());
