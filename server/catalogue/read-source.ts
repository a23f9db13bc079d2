import { type Document, isMap, isPair, isScalar, isSeq, LineCounter, type Node } from "yaml";
import type { Fault } from "#server/errors.ts";
import { expandDocument, maxDepth, Unexpandable } from "./expand-node.ts";
import { parseYaml } from "./parse-yaml.ts";

/** A document's value, and the lines of its members: `pointer`, a tab and the line, each on a line. Plain data, which crosses threads. */
export interface ReadSource {
  readonly value: unknown;
  readonly places: string;
}

export type SourceReading =
  | { readonly ok: true; readonly sources: readonly ReadSource[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const maxFaults = 100;
/** More than the largest fleet has of everything. */
const maxDocuments = 20_000;

/** Parses YAML or JSON text into documents: its own (between `---`), or the members of a top-level list. Empty ones are left out. */
export async function readSource(text: string): Promise<SourceReading> {
  const lines = new LineCounter();
  try {
    const documents = await parseYaml(text, lines, maxDocuments);
    const faults = documents.flatMap(({ errors }) => errors).slice(0, maxFaults);
    if (faults.length > 0) {
      return refuse(
        ...faults.map(({ message, pos }) => ({
          line: lines.linePos(pos[0]).line,
          detail: detailOf(message),
        })),
      );
    }
    return { ok: true, sources: documents.flatMap((document) => split(document, lines)) };
  } catch (error) {
    if (error instanceof Unexpandable) return refuse({ line: lines.linePos(error.offset).line, detail: error.message });
    return refuse({ detail: detailOf(error instanceof Error ? error.message : String(error)) });
  }
}

/** What overflows the parser's stack is far deeper than what may be. */
function detailOf(message: string): string {
  if (message.startsWith("Maximum call stack size")) return `is nested more than ${maxDepth} levels deep`;
  return `is not valid YAML: ${message}`;
}

function refuse(...faults: Omit<Fault, "pointer">[]): SourceReading {
  return { ok: false, faults: faults.map((fault) => ({ pointer: "", ...fault })) };
}

function split(document: Document.Parsed, lines: LineCounter): ReadSource[] {
  const value = expandDocument(document);
  const root = document.contents as Node | null;
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value) || !isSeq(root)) return [{ value, places: placesIn(root, lines) }];
  return value.map((member, index) => ({ value: member, places: placesIn(root.items[index] as Node | null, lines) }));
}

/** Aliases are not followed: what is wrong below one is said where it is used. */
function placesIn(root: Node | null, lines: LineCounter): string {
  const places: string[] = [];
  const visit = (node: Node | null, pointer: string) => {
    if (!node?.range) return;
    places.push(`${pointer}\t${lines.linePos(node.range[0]).line}`);
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? String(key.value) : "";
        visit((value ?? key) as Node | null, `${pointer}/${pointerPart(name)}`);
      }
    }
    if (isSeq(node)) {
      for (const [index, item] of node.items.entries())
        visit(isPair(item) ? null : (item as Node), `${pointer}/${index}`);
    }
  };
  visit(root, "");
  return places.join("\n");
}

/** RFC 6901; and without the characters that separate places. */
function pointerPart(name: string): string {
  return name
    .replaceAll("~", "~0")
    .replaceAll("/", "~1")
    .replace(/[\t\n]/g, " ");
}
