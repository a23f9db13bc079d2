import { RE2JS } from "re2js";
import { invalid } from "./fault.ts";

/** What a filter is asked of: a series, or a metric's descriptor. */
export interface Filtered {
  project: string;
  metricType: string;
  resourceType: string;
  metricLabels: Record<string, string>;
  resourceLabels: Record<string, string>;
}

export interface MetricFilter {
  /** The one metric type that `metric.type = "…"` names, or null. */
  metricType: string | null;
  /** The resource labels that it names, for the check that the resource has them. */
  resourceLabels: string[];
  matches(subject: Filtered): boolean;
}

type Match = (subject: Filtered) => boolean;
type Predicate = (value: string) => boolean;

const token = /\s*(?:("(?:[^"\\]|\\.)*")|(!=|[=(),:])|([A-Za-z_][A-Za-z0-9_.-]*))/y;

/**
 * Monitoring's filter language, as far as queries for time series need it: comparisons of metric.type, resource.type, labels and project
 * with = and !=, the functions starts_with, ends_with, has_substring, one_of and monitoring.regex.full_match, NOT, AND (also left out),
 * OR, parentheses. AND beside OR needs parentheses. Anything else is an invalid argument.
 */
export function parseMetricFilter(text: string): MetricFilter {
  const parser = new Parser(tokensOf(text), text);
  const matches = text.trim() === "" ? () => true : parser.parseWhole();
  return { metricType: parser.metricType, resourceLabels: parser.resourceLabels, matches };
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (found === null) throw malformed(text, `near "${text.slice(at, at + 20)}"`);
    tokens.push(found[1] ?? found[2] ?? found[3] ?? "");
  }
  return tokens;
}

const malformed = (text: string, why: string) =>
  invalid(`Field filter had an invalid value of "${text}": The filter could not be parsed (${why}).`);

class Parser {
  metricType: string | null = null;
  readonly resourceLabels: string[] = [];
  readonly #tokens: string[];
  readonly #text: string;
  #at = 0;

  constructor(tokens: string[], text: string) {
    this.#tokens = tokens;
    this.#text = text;
  }

  parseWhole(): Match {
    const match = this.#parseTerms();
    if (this.#at < this.#tokens.length) throw malformed(this.#text, `unexpected ${this.#tokens[this.#at]}`);
    return match;
  }

  #parseTerms(): Match {
    const terms = [this.#parseTerm()];
    let joined: string | null = null;
    for (let next = this.#peek(); next !== undefined && next !== ")"; next = this.#peek()) {
      const operator = next === "OR" ? "OR" : "AND";
      if (next === "OR" || next === "AND") this.#at++;
      if (joined !== null && joined !== operator) throw malformed(this.#text, "AND beside OR needs parentheses");
      joined = operator;
      terms.push(this.#parseTerm());
    }
    return joined === "OR"
      ? (subject) => terms.some((term) => term(subject))
      : (subject) => terms.every((term) => term(subject));
  }

  #parseTerm(): Match {
    if (this.#take("NOT")) {
      const negated = this.#parseTerm();
      return (subject) => !negated(subject);
    }
    if (this.#take("(")) {
      const inner = this.#parseTerms();
      this.#expect(")");
      return inner;
    }
    return this.#parseComparison();
  }

  #parseComparison(): Match {
    let field = this.#next();
    // A label's name may be quoted: resource.label."job_name".
    if (field.endsWith(".")) field += unquoted(this.#next());
    const operator = this.#next();
    if (operator !== "=" && operator !== "!=") throw malformed(this.#text, `${operator} after ${field}`);
    const start = this.#at;
    const predicate = this.#parsePredicate();
    const literal = this.#at === start + 1 ? unquoted(this.#tokens[start] ?? "") : null;
    if (field === "metric.type" && operator === "=" && literal !== null) this.metricType = literal;
    const read = this.#readerOf(field);
    return operator === "=" ? (subject) => predicate(read(subject)) : (subject) => !predicate(read(subject));
  }

  #parsePredicate(): Predicate {
    const name = this.#next();
    if (name.startsWith('"')) {
      const wanted = unquoted(name);
      return (value) => value === wanted;
    }
    this.#expect("(");
    const values: string[] = [];
    do values.push(unquoted(this.#next()));
    while (this.#take(","));
    this.#expect(")");
    const first = values[0] as string;
    switch (name) {
      case "starts_with":
        return (value) => value.startsWith(first);
      case "ends_with":
        return (value) => value.endsWith(first);
      case "has_substring":
        return (value) => value.includes(first);
      case "one_of":
        return (value) => values.includes(value);
      case "monitoring.regex.full_match":
        return this.#regex(first);
      default:
        throw malformed(this.#text, `unknown function ${name}`);
    }
  }

  #regex(pattern: string): Predicate {
    try {
      const regex = RE2JS.compile(pattern);
      return (value) => regex.matches(value);
    } catch {
      throw malformed(this.#text, `"${pattern}" is not an RE2 expression`);
    }
  }

  #readerOf(field: string): (subject: Filtered) => string {
    if (field === "metric.type") return (subject) => subject.metricType;
    if (field === "resource.type") return (subject) => subject.resourceType;
    if (field === "project") return (subject) => subject.project;
    const [, whose, label] = /^(metric|resource)[.]labels?[.](.+)$/.exec(field) ?? [];
    if (label === undefined) throw malformed(this.#text, `unknown field ${field}`);
    if (whose === "metric") return (subject) => subject.metricLabels[label] ?? "";
    this.resourceLabels.push(label);
    return (subject) => subject.resourceLabels[label] ?? "";
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  #next(): string {
    const next = this.#tokens[this.#at++];
    if (next === undefined) throw malformed(this.#text, "it ends too early");
    return next;
  }

  #take(wanted: string): boolean {
    if (this.#peek() !== wanted) return false;
    this.#at++;
    return true;
  }

  #expect(wanted: string): void {
    if (!this.#take(wanted)) throw malformed(this.#text, `${wanted} is missing`);
  }
}

const unquoted = (text: string) => (text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, "$1") : text);
