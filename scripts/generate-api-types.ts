import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import openapiTs, { astToString, type OpenAPI3, tsUnion, UNDEFINED, UNKNOWN } from "openapi-typescript";
import ts from "typescript";
import { z } from "zod";
import { cloudEvent } from "#domain/protocol.ts";
import { openDatabase } from "#server/db/database.ts";
import { openTestApi } from "#test/test-api.ts";

const header = "// Generated from domain/ by `npm run generate:api`. Do not edit.\n\n";

/** What is made of the schemas in domain/, by file: the API's types, and the reporters' client's types and JSON Schema. */
export async function generateApiTypes(): Promise<Map<string, string>> {
  const { $defs, ...root } = z.toJSONSchema(cloudEvent, { io: "input", target: "draft-2020-12" });
  const schema = { $id: "https://tidemark.dev/schemas/tidemark.schema.json", ...root, $defs };
  return new Map([
    ["domain/api/paths.ts", header + (await typesOfCalls())],
    ["packages/client/src/wire.ts", header + (await typesOfEvents($defs))],
    ["packages/client/schemas/tidemark.schema.json", `${JSON.stringify(schema, null, 2)}\n`],
  ]);
}

async function typesOfCalls(): Promise<string> {
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
    const text = nothing.reduce((rest, part) => rest.replaceAll(part, ""), astToString(types));
    return text.replaceAll('"/api/v1/', '"/');
  } finally {
    await database.close();
  }
}

/** What types no call: methods and parameters that there are not, headers of answers, the remark that a union is one, empty kinds. */
const nothing = [
  /^ {8}parameters: \{\n( {12}\w+\?: never;\n)+ {8}\};\n/gm,
  /^ *(get|put|post|delete|options|head|patch|trace|query|header|path|cookie)\?: never;\n/gm,
  /^ *headers: \{\n *\[name: string\]: unknown;\n *\};\n/gm,
  /^ *\/\*\* @enum \{string\} \*\/\n/gm,
  /^export type .*never>;\n/gm,
];
const left = new Set(["example", "examples", "format", "operationId", "headers", "webhooks"]);

/** Prose, examples and what the client throws (every problem, 304) are no types; operations are named by their paths. */
function withoutProse(key: string, value: unknown): unknown {
  // A member may be called `description`: its schema is no text.
  if (left.has(key) || /^[345]\d\d$/.test(key) || (/^(description|summary)$/.test(key) && typeof value === "string"))
    return undefined;
  return key === "parameters" && Array.isArray(value) ? value.filter(({ in: place }) => place !== "header") : value;
}

/** A reporter leaves out what it has nothing to say of, where the product also reads null. */
async function typesOfEvents(defs: object | undefined): Promise<string> {
  const schemas = JSON.parse(JSON.stringify(defs).replaceAll("#/$defs/", "#/components/schemas/"), (_key, value) => {
    if (Array.isArray(value?.type)) return { ...value, type: value.type.find((type: string) => type !== "null") };
    if (!Array.isArray(value?.anyOf)) return value;
    const { anyOf, ...rest } = value as { anyOf: { type?: string }[] };
    return { ...rest, ...anyOf.find(({ type }) => type !== "null") };
  });
  const info = { title: "Events", version: "1" };
  const types = await openapiTs({ openapi: "3.1.0", info, paths: {}, components: { schemas } });
  const text = astToString(types);
  return text.slice(text.indexOf("export interface components"), text.indexOf("export type $defs"));
}

if (import.meta.main) {
  for (const [file, text] of await generateApiTypes()) await writeFile(join(import.meta.dirname, "..", file), text);
}
