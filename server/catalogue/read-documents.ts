import { type Document, isNode, LineCounter } from "yaml";
import { type Fault, Invalid } from "#server/errors.ts";
import { expandDocument, Unexpandable } from "./expand-node.ts";
import { parseYaml } from "./parse-yaml.ts";

/** One document of a catalogue text, with the positions of its members. */
export interface SourceDocument {
  readonly value: unknown;
  /** Position of a member, by its pointer within the document. */
  locate(pointer: string): Pick<Fault, "pointer" | "line">;
}

const maxFaults = 100;

/**
 * Splits YAML or JSON text into documents: YAML's own (between `---`), or the members of a top-level list. Pointers start with the
 * document's index, not counting empty documents. Throws Invalid with every syntax fault.
 */
export async function readDocuments(text: string): Promise<SourceDocument[]> {
  const lines = new LineCounter();
  const parsed = await parse(text, lines);
  const faults = parsed
    .flatMap((document) =>
      document.errors.map((error) => ({
        pointer: "",
        line: lines.linePos(error.pos[0]).line,
        detail: `is not valid YAML: ${error.message}`,
      })),
    )
    .slice(0, maxFaults);
  if (faults.length > 0) throw unreadable(...faults);
  const sources = parsed.flatMap((document) => split(document, lines));
  if (sources.length > 0) return sources.map(numbered);
  throw new Invalid("The catalogue is empty.", [{ pointer: "", detail: "must have at least one document" }]);
}

async function parse(text: string, lines: LineCounter): Promise<Document.Parsed[]> {
  try {
    return await parseYaml(text, lines);
  } catch (error) {
    throw unreadable({
      pointer: "",
      detail: `is not valid YAML: ${String(error instanceof Error ? error.message : error)}`,
    });
  }
}

function split(document: Document.Parsed, lines: LineCounter): SourceDocument[] {
  const value = toValue(document, lines);
  if (value === null || value === undefined) return [];
  const place = (path: string[]) => ({ line: lines.linePos(offsetOf(document, path)).line });
  if (!Array.isArray(value)) return [{ value, locate: (pointer) => place(stepsOf(pointer)) }];
  return value.map((member, index) => ({
    value: member,
    locate: (pointer) => place([String(index), ...stepsOf(pointer)]),
  }));
}

function numbered(source: SourceDocument, index: number): SourceDocument {
  return { ...source, locate: (pointer) => ({ pointer: `/${index}${pointer}`, ...source.locate(pointer) }) };
}

function toValue(document: Document.Parsed, lines: LineCounter): unknown {
  try {
    return expandDocument(document);
  } catch (error) {
    if (!(error instanceof Unexpandable)) throw error;
    throw unreadable({ pointer: "", line: lines.linePos(error.offset).line, detail: error.message });
  }
}

function unreadable(...faults: Fault[]): Invalid {
  return new Invalid("The catalogue is invalid.", faults);
}

/** Where the member starts, or its nearest parent: a missing member has no position. */
function offsetOf(document: Document.Parsed, path: string[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.range[0];
}

function stepsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
