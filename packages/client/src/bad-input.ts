/** An argument cannot be reported: nothing of the call was counted or queued, everything else continues. */
export class BadInput extends TypeError {
  override readonly name = "BadInput";
  /** The invalid argument, such as `events`. */
  readonly field: string;

  constructor(field: string, must: string, found: unknown) {
    super(`\`${field}\` ${must}; found ${sayFound(found)}.`);
    this.field = field;
  }
}

/** No room for another count: the backlog has reached its limit. Existing counts still grow. */
export class BacklogFull extends Error {
  override readonly name = "BacklogFull";
}

function sayFound(value: unknown): string {
  if (typeof value === "string") return value.length <= 60 ? JSON.stringify(value) : `${value.length} characters`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid Date" : value.toISOString();
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
