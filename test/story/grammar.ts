/** What a token of a template stands for. The first character class is what it looks like in a sentence. */
const tokens = {
  // An instant that has passed, and one that may lie ahead.
  past: "(?:\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d UTC",
  pastBare: "(?:\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d",
  // Of the same day as the one before it, unless it has a date.
  until: "(?:\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d UTC",
  future: "(?:\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d UTC",
  any: "(?:\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d UTC",
  count: "[\\d,]+",
  share: "[\\d,]+(?:\\.\\d+)? %",
  elapsed: "−?(?:\\d+ s|\\d+ min|\\d+ h \\d\\d min|\\d+ d \\d+ h)",
  term: "(?:\\d+ s|\\d+ min|\\d+ h(?: \\d\\d min)?|\\d+ d \\d+ h)",
  hour: "\\d{4}-\\d\\d-\\d\\dT\\d\\d",
  dc: "[a-z][a-z0-9-]*",
  type: "[A-Z][A-Za-z0-9]*",
  component: "[a-z]+(?:-[a-z]+)*",
  instance: "[a-z-]+-\\d+",
  version: "\\d+\\.\\d+\\.\\d+",
  who: "[a-z-]+(?: \\(rollback\\))?",
  number: "\\d+(?:\\.\\d+)?",
  list: "[a-z][a-z0-9-]*(?: \\([\\d,]+\\))?(?:(?:, | and )[a-z][a-z0-9-]*(?: \\([\\d,]+\\))?)*",
  stage: "produced|published|delivered",
  source: "last message|watermark|backlog|counts|volume|last heartbeat|first alert",
  counted:
    "(?:event types?|deadlines?|events?|hours?) (?:affected|involved|missed|lost|final|closed with loss|accepted)",
  s: "s?",
} as const;
type Token = keyof typeof tokens;

interface Part {
  token: Token;
  text: string;
}

/** One sentence of a text, by the template that it follows. */
export interface Claim {
  template: string;
  parts: readonly Part[];
}

interface Read {
  claims: readonly Claim[];
  /** What follows no template; null: nothing is left. */
  unknown: string | null;
}

interface Compiled {
  template: string;
  pattern: RegExp;
  names: readonly Token[];
}

/** Reads texts sentence by sentence. A sentence that follows none of the templates is unknown, and so is all after it. */
export class Grammar {
  readonly #compiled: readonly Compiled[];
  /** Most texts of a minute are those of the minute before. */
  readonly #known = new Map<string, Read>();

  constructor(templates: readonly string[]) {
    this.#compiled = templates.map(compile);
  }

  read(text: string): Read {
    const known = this.#known.get(text) ?? this.#read(text);
    this.#known.set(text, known);
    return known;
  }

  #read(text: string): Read {
    const claims: Claim[] = [];
    let rest = text.trim();
    while (rest !== "") {
      const found = this.#next(rest);
      if (!found) return { claims, unknown: rest };
      claims.push(found.claim);
      rest = rest.slice(found.length).trim();
    }
    return { claims, unknown: null };
  }

  #next(text: string): { claim: Claim; length: number } | null {
    for (const { template, pattern, names } of this.#compiled) {
      const match = pattern.exec(text);
      if (!match) continue;
      const parts = names.map((token, index) => ({ token, text: match[index + 1] ?? "" }));
      return { claim: { template, parts }, length: match[0].length };
    }
    return null;
  }
}

/** `[…]` is optional, `{token}` a token, everything else is itself. */
function compile(template: string): Compiled {
  const names: Token[] = [];
  const source = template
    .replace(/[.*+?^$()|\\]/g, "\\$&")
    .replace(/\[/g, "(?:")
    .replace(/\]/g, ")?")
    .replace(/\{(\w+)\}/g, (_, token: Token) => {
      names.push(token);
      return `(${tokens[token]})`;
    });
  return { template, pattern: new RegExp(`^${source}(?= |$)`, "u"), names };
}

/** The texts of a token, in order. */
export function textsOf(claim: Claim, token: Token): string[] {
  return claim.parts.filter((part) => part.token === token).map(({ text }) => text);
}

export function countsOf(claim: Claim): number[] {
  return textsOf(claim, "count")
    .filter((text) => text !== "")
    .map((text) => Number(text.replaceAll(",", "")));
}

/** `13:20 UTC` is of today. */
export function instantOf(text: string, nowMs: number): number {
  const [, day, time] = /^(?:(\S+) )?(\d\d:\d\d)(?: UTC)?$/.exec(text) ?? [];
  return Date.parse(`${day ?? new Date(nowMs).toISOString().slice(0, 10)}T${time}Z`);
}
