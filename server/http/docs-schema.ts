import { escapeHtml } from "#domain/html.ts";

/** The part of JSON Schema that the document uses. */
export interface SchemaNode {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  items?: SchemaNode;
  properties?: Record<string, SchemaNode>;
  required?: string[];
  additionalProperties?: boolean | SchemaNode;
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
  allOf?: SchemaNode[];
  description?: string;
}

/** A schema as one readable type, in TypeScript's style, named schemas linked. `indent` is the nesting depth. */
export function writeSchema(schema: SchemaNode | undefined, indent = 0): string {
  if (!schema) return "anything";
  if (schema.$ref) return linkTo(schema.$ref);
  if (schema.const !== undefined) return escapeHtml(JSON.stringify(schema.const));
  if (schema.enum) return schema.enum.map((value) => escapeHtml(JSON.stringify(value))).join(" | ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map((choice) => writeSchema(choice, indent)).join(" | ");
  if (schema.allOf) return schema.allOf.map((part) => writeSchema(part, indent)).join(" &amp; ");
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? "anything"];
  return types.map((type) => writeType(type, schema, indent)).join(" | ");
}

function writeType(type: string, schema: SchemaNode, indent: number): string {
  if (type === "array") {
    const item = writeSchema(schema.items, indent);
    return item.includes(" | ") && !item.includes("\n") ? `(${item})[]` : `${item}[]`;
  }
  if (type === "object") return writeObject(schema, indent);
  return schema.format && type === "string" ? `string <i>${escapeHtml(schema.format)}</i>` : escapeHtml(type);
}

function writeObject(schema: SchemaNode, indent: number): string {
  const pad = "  ".repeat(indent + 1);
  const lines = Object.entries(schema.properties ?? {}).map(([key, value]) => {
    const mark = schema.required?.includes(key) ? "" : "?";
    const note = value.description ? `  <i>// ${escapeHtml(value.description)}</i>` : "";
    return `${pad}${escapeHtml(key)}${mark}: ${writeSchema(value, indent + 1)}${note}`;
  });
  if (lines.length === 0) {
    const values =
      typeof schema.additionalProperties === "object" ? writeSchema(schema.additionalProperties, indent) : "anything";
    return `{ [name]: ${values} }`;
  }
  return `{\n${lines.join("\n")}\n${"  ".repeat(indent)}}`;
}

function linkTo(ref: string): string {
  const name = ref.split("/").at(-1) ?? ref;
  return `<a href="#schema-${escapeHtml(name)}">${escapeHtml(name)}</a>`;
}
