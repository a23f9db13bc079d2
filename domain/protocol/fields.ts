import type { FaultList } from "../fault.ts";
import { parseInstant } from "../instant.ts";
import { type Stage, stages } from "./messages.ts";
import { nameRule, readName } from "./names.ts";
import * as values from "./values.ts";

/** Ten years. A larger age means that a clock was wrong, and calculating with it makes no sense. */
export const maxSeconds = 315_360_000;

/**
 * Reads the members of one JSON object. An invalid one records a fault and yields some value of the right type: callers
 * discard everything if there are faults. Null counts as absent, as many encoders write it so.
 */
export class Fields {
  readonly #object: Record<string, unknown>;
  readonly #at: string;
  readonly #faults: FaultList;

  constructor(object: Record<string, unknown>, at: string, faults: FaultList) {
    this.#object = object;
    this.#at = at;
    this.#faults = faults;
  }

  name(key: string): string {
    const name = readName(this.#object[key]);
    if (name === null) this.#faults.refuse(`${this.#at}/${key}`, nameRule, this.#object[key]);
    return name ?? "";
  }

  nameOrNull(key: string): string | null {
    return this.#absent(key) ? null : this.name(key);
  }

  /** A single-line text that is not used as a lookup key. */
  line(key: string): string {
    return this.#read(key, values.isLine, values.lineRule) ?? "";
  }

  lineOrNull(key: string): string | null {
    return this.#absent(key) ? null : this.line(key);
  }

  flag(key: string): boolean {
    const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
    return this.#absent(key) ? false : (this.#read(key, isFlag, "must be true or false") ?? false);
  }

  stage(key: string): Stage {
    const isStage = (value: unknown): value is Stage => (stages as readonly unknown[]).includes(value);
    return this.#read(key, isStage, `must be one of ${stages.join(", ")}`) ?? "produced";
  }

  count(key: string): number {
    return this.#read(key, values.isCount, values.countRule) ?? 0;
  }

  countOrNull(key: string): number | null {
    return this.#absent(key) ? null : this.count(key);
  }

  seconds(key: string): number {
    const isDuration = (value: unknown): value is number =>
      typeof value === "number" && value >= 0 && value <= maxSeconds;
    return this.#read(key, isDuration, `must be a number of seconds from 0 to ${maxSeconds}, which is 10 years`) ?? 0;
  }

  instant(key: string): Date {
    const value = this.#object[key];
    const instant = typeof value === "string" ? parseInstant(value) : null;
    if (!instant) this.#faults.refuse(`${this.#at}/${key}`, values.instantRule, value);
    return instant ?? new Date(0);
  }

  instantOrNull(key: string): Date | null {
    return this.#absent(key) ? null : this.instant(key);
  }

  /** A link for people: http or https, because any other scheme could run code in their browser. */
  linkOrNull(key: string): string | null {
    if (this.#absent(key)) return null;
    const isLink = (value: unknown): value is string =>
      values.isText(value, 2_048) && /^https?:\/\//i.test(value) && URL.canParse(value);
    return this.#read(key, isLink, "must be an http or https URL of at most 2048 characters");
  }

  /** The member as an array of at most `max` entries; empty if it is not one. */
  list(key: string, max: number): unknown[] {
    const isList = (value: unknown): value is unknown[] => Array.isArray(value);
    const list = this.#read(key, isList, "must be an array") ?? [];
    if (list.length <= max) return list;
    this.#faults.refuse(`${this.#at}/${key}`, `must have at most ${max} entries. Split it into several messages`, list);
    return [];
  }

  #absent(key: string): boolean {
    return this.#object[key] === undefined || this.#object[key] === null;
  }

  #read<T>(key: string, is: (value: unknown) => value is T, rule: string): T | null {
    const value = this.#object[key];
    if (is(value)) return value;
    this.#faults.refuse(`${this.#at}/${key}`, rule, value);
    return null;
  }
}
