import { setImmediate } from "node:timers/promises";
import { Composer, type Document, Lexer, type LineCounter, Parser } from "yaml";

/** A document is made in one go: so many tokens take a few hundred milliseconds. */
const maxTokensOfDocument = 300_000;
/** How long other requests may wait while a text is read. */
const turnMs = 20;

export class TooLong extends Error {}

/**
 * The documents of YAML text. A megabyte takes a second or more to read: the process does other work in between, and no
 * single document is so large that it cannot. Throws TooLong.
 */
export async function parseYaml(text: string, lines: LineCounter): Promise<Document.Parsed[]> {
  const parser = new Parser(lines.addNewLine);
  // Fed token by token, the parser does not count the first line's start itself.
  lines.addNewLine(0);
  // Keys that stand twice are found while values are made: the library compares each with each.
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
    if (tokens > maxTokensOfDocument) {
      const count = maxTokensOfDocument.toLocaleString("en-US");
      throw new TooLong(`has a document of more than ${count} tokens: write it as several, separated by ---`);
    }
    if (performance.now() < turnEndsAtMs) continue;
    await setImmediate();
    turnEndsAtMs = performance.now() + turnMs;
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end());
  return documents;
}
