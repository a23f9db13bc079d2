/** One fault of a message or document. */
export interface Fault {
  /** RFC 6901 JSON pointer to the member, present or missing; "" is the whole. */
  pointer: string;
  /** What it must be and what was found. */
  detail: string;
}

/** More than anyone fixes at once; a message with 100,000 bad reports must not be answered with as many sentences. */
export const maxFaults = 100;

export class FaultList {
  readonly faults: Fault[] = [];

  get full(): boolean {
    return this.faults.length >= maxFaults;
  }

  /** A whole sentence, for what "must be" cannot express. */
  report(pointer: string, detail: string): void {
    if (!this.full) this.faults.push({ pointer, detail });
  }

  /** `must` completes the sentence "It …", such as "must be a whole number". */
  refuse(pointer: string, must: string, found: unknown): void {
    if (this.full) return;
    const tail = found === undefined ? "it is missing" : `found ${sayFound(found)}`;
    this.faults.push({ pointer, detail: `${must}; ${tail}` });
  }
}

/** A found value in a few characters, safe to store: no control characters, no lone surrogates. */
export function sayFound(value: unknown): string {
  if (typeof value === "string") return shorten(JSON.stringify(value));
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty array" : `an array of ${value.length}`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid date" : value.toISOString();
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 56).toWellFormed()}…"`;
}

/** One JSON pointer token. */
export function pointerStep(key: string | number): string {
  return `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
