import { type Document, parseDocument, stringify, visit } from "yaml";
import type { WrittenSpec } from "./spec-path.ts";

/** A document as a file holds it. */
export function writeDocument(kind: string, name: string, spec: unknown): string {
  return stringify({ apiVersion: "tidemark/v1", kind, metadata: { name }, spec }, { lineWidth: 0 });
}

/** What a file's text says, or what is wrong with it. The API checks the spec itself. */
export function readDocument(text: string, kind: string): { name: string; spec: WrittenSpec } | { fault: string } {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) return { fault: `Not YAML: ${error.message.split("\n")[0]}` };
  const read = readValue(document);
  if (read instanceof Error) return { fault: `Not YAML: ${read.message}` };
  if (!isObject(read) || read.kind !== kind) return { fault: `Must be one document of the kind ${kind}.` };
  const name = isObject(read.metadata) ? read.metadata.name : null;
  if (typeof name !== "string") return { fault: "Must have a metadata.name." };
  if (!isObject(read.spec)) return { fault: "Must have a spec." };
  // Times become texts, as in the API's JSON.
  return { name, spec: JSON.parse(JSON.stringify(read.spec)) as WrittenSpec };
}

/** The error of an alias without its anchor, or of one that expands to too much. */
function readValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

export function hasComments(text: string): boolean {
  const document = parseDocument(text, { logLevel: "silent" });
  let found = Boolean(document.comment || document.commentBefore);
  visit(document, {
    Node: (_, node) => {
      found ||= Boolean(node.comment || node.commentBefore);
    },
  });
  return found;
}

function isObject(found: unknown): found is Record<string, unknown> {
  return typeof found === "object" && found !== null && !Array.isArray(found);
}
