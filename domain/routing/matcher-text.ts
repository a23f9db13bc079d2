/** How matchers are written, without the expression engine: forms read and write them too. */
export const matcherOps = ["=", "!=", "=~", "!~"] as const;
export type MatcherOp = (typeof matcherOps)[number];

export interface MatcherText {
  readonly name: string;
  readonly op: MatcherOp;
  readonly value: string;
}

/** Says what is wrong with a matcher's text. */
export class BadMatcher extends Error {}

const maxText = 20_000;

// Two-character operators first: `=~` must not leave its `~` to the value.
const shape = /^\s*(?:([a-zA-Z_:][a-zA-Z0-9_:]*)|("(?:[^"\\]|\\.)*"))\s*(=~|!~|!=|=)\s*(.*?)\s*$/s;

/**
 * Reads matchers as Alertmanager writes them: `severity="page"`, `dc=~"a|b"`, several separated by commas, optionally in
 * braces. A name with other characters is quoted. Throws BadMatcher.
 */
export function readMatchers(text: string): MatcherText[] {
  if (text.length > maxText) throw new BadMatcher(`must be at most ${maxText} characters`);
  const inner = text.replace(/^\{/, "").replace(/\}$/, "");
  return splitOutsideQuotes(inner).map(readMatcher);
}

function readMatcher(text: string): MatcherText {
  const match = shape.exec(text);
  if (!match) throw new BadMatcher(`must be a label, one of = != =~ !~, and a value, like severity="page"`);
  const [, plain, quoted, op, value = ""] = match;
  return { name: plain ?? unquote(quoted ?? ""), op: op as MatcherOp, value: unquote(value) };
}

/** The canonical form: `dc=~"a|b"`. */
export function formatMatcher({ name, op, value }: MatcherText): string {
  return `${isPlainName(name) ? name : quote(name)}${op}${quote(value)}`;
}

/** A name that needs no quotes. */
function isPlainName(name: string): boolean {
  return /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name);
}

export function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}

/** Without its quotes; `\"`, `\\` and `\n` are unescaped, any other backslash is literal. */
function unquote(text: string): string {
  const quoted = text.startsWith('"');
  const body = quoted ? text.slice(1) : text;
  let value = "";
  for (let at = 0; at < body.length; at += 1) {
    const char = body.charAt(at);
    if (char === '"') {
      if (quoted && at === body.length - 1) return value;
      throw new BadMatcher('must have quotes around the whole value, and \\" for one within it');
    }
    const next = char === "\\" ? escapes[body.charAt(at + 1)] : undefined;
    value += next ?? char;
    if (next !== undefined) at += 1;
  }
  if (quoted) throw new BadMatcher("must have a quote at the value's end as at its beginning");
  return value;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", '"': '"', "\\": "\\" };

/** At commas; a trailing empty piece is dropped. */
function splitOutsideQuotes(text: string): string[] {
  const pieces: string[] = [];
  let piece = "";
  let inQuotes = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === "," && !inQuotes) {
      pieces.push(piece);
      piece = "";
      continue;
    }
    if (char === '"') inQuotes = !inQuotes;
    piece += char;
    // An escaped quote does not end the string.
    if (char === "\\" && /["\\]/.test(text.charAt(at + 1))) {
      at += 1;
      piece += text.charAt(at);
    }
  }
  if (piece.trim() !== "") pieces.push(piece);
  return pieces;
}
