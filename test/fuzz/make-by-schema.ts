import type { Chance } from "./chance.ts";

/** What of JSON Schema the API's document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  format?: string;
  example?: unknown;
  default?: unknown;
}

export interface SchemaDocument {
  components: { schemas: Record<string, Schema> };
}

const deepest = 8;
const words = ["EndSong", "ams", "payments", "high", "2026-11-22T10", "90m", "fuzzed", "x", "eventType", "60m", "UTC"];
const instants = ["2026-11-22T10:00:00Z", "2026-11-22T14:00:00Z", "2026-12-01T00:00:00Z"];

/** A value as the schema describes it, or nearly: patterns are not followed, so that some values are refused by them. */
export function makeBySchema(chance: Chance, schema: Schema, document: SchemaDocument, depth = 0): unknown {
  const make = (each: Schema) => makeBySchema(chance, each, document, depth + 1);
  if (schema.example !== undefined && chance.is(0.4)) return schema.example;
  if (schema.$ref) {
    const name = schema.$ref.split("/").at(-1) ?? "";
    return depth > deepest ? null : make(document.components.schemas[name] ?? {});
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return chance.of(schema.enum);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return make(chance.of(choices));
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(make));
  const type = Array.isArray(schema.type) ? chance.of(schema.type) : schema.type;
  if (type === "null") return null;
  if (type === "boolean") return chance.is(0.5);
  if (type === "integer" || type === "number") return makeNumber(chance, schema);
  if (type === "array") return makeArray(chance, schema, depth, make);
  if (type === "object" || schema.properties) return makeObject(chance, schema, depth, make);
  return chance.of(schema.format === "date-time" ? instants : words);
}

function makeNumber(chance: Chance, { minimum, exclusiveMinimum, maximum }: Schema): number {
  const least = minimum ?? (exclusiveMinimum === undefined ? 0 : exclusiveMinimum + 1);
  return chance.of([least, Math.min(least + 1, maximum ?? Number.POSITIVE_INFINITY), maximum ?? least + 1_000]);
}

function makeArray(chance: Chance, schema: Schema, depth: number, make: (each: Schema) => unknown): unknown[] {
  const least = schema.minItems ?? 0;
  const length = depth > deepest ? least : Math.min(least + chance.int(3), schema.maxItems ?? Number.POSITIVE_INFINITY);
  return Array.from({ length }, () => make(schema.items ?? {}));
}

function makeObject(chance: Chance, schema: Schema, depth: number, make: (each: Schema) => unknown): object {
  const required = new Set(schema.required);
  const made: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(schema.properties ?? {})) {
    if (required.has(name) || (depth <= deepest && chance.is(0.4))) made[name] = make(each);
  }
  const more = schema.additionalProperties;
  if (typeof more === "object" && chance.is(0.5)) made[chance.of(words)] = make(more);
  return made;
}
