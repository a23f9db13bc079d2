import { setImmediate } from "node:timers/promises";
import { Composer, type Document, Lexer, type LineCounter, Parser } from "yaml";

/** A document is built in one go: so many tokens take a few hundred milliseconds. */
const maxTokensOfDocument = 300_000;
/** The longest that parsing blocks other requests. */
const turnMs = 20;

export class TooLong extends Error {}

/**
 * Parses YAML text into documents. A megabyte takes a second or more, so this yields to other work in between, and
 * no document may be so large that it cannot. Throws TooLong.
 */
export async function parseYaml(text: string, lines: LineCounter, maxDocuments: number): Promise<Document.Parsed[]> {
  const parser = new Parser(lines.addNewLine);
  // When fed token by token, the parser does not count the first line's start.
  lines.addNewLine(0);
  // Duplicate keys are found while values are built: the library compares each with each.
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false });
  const documents: Document.Parsed[] = [];
  let tokens = 0;
  let turnEndsAtMs = performance.now() + turnMs;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      if (token.type === "document") tokens = 0;
      documents.push(...composer.next(token));
    }
    tokens += 1;
    if (documents.length > maxDocuments) {
      throw new TooLong(`has more than ${maxDocuments.toLocaleString("en-US")} documents. Split it into several files`);
    }
    if (tokens > maxTokensOfDocument) {
      const count = maxTokensOfDocument.toLocaleString("en-US");
      throw new TooLong(`has a document of more than ${count} tokens. Split it into several, separated by ---`);
    }
    if (performance.now() < turnEndsAtMs) continue;
    await setImmediate();
    turnEndsAtMs = performance.now() + turnMs;
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end());
  return documents;
}
