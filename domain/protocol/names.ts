/** Code points of a name, once it is normalised. */
export const maxName = 255;

export const nameRule = `must have 1 to ${maxName} characters, no control characters or outer spaces, and not be "." or ".."`;

// What nearly every name is: told apart by one expression, for it is asked once a report.
const plain = /^[!-~](?:[ -~]{0,253}[!-~])?$/;
// PostgreSQL stores no NUL, no name is better for a line feed in it, and noncharacters are not meant for interchange.
const unfit = /[\p{Cc}\p{Noncharacter_Code_Point}]|^\p{White_Space}|\p{White_Space}$/u;
/** Before normalisation, in UTF-16 units: composing takes marks away, and never more than these. */
const maxWritten = 6 * maxName;

/**
 * The name of an event type, datacenter, reporter, component or instance, normalised to NFC so that what looks the same is
 * the same; null for what cannot be one. A URL's path cannot hold "." or "..", so neither can a name.
 */
export function readName(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const name = plain.test(value) ? value : readUnicode(value);
  return name === "." || name === ".." ? null : name;
}

function readUnicode(value: string): string | null {
  if (value.length > maxWritten || !value.isWellFormed()) return null;
  const name = value.normalize("NFC");
  return name.length > 0 && isWithin(name, maxName) && !unfit.test(name) ? name : null;
}

function isWithin(text: string, codePoints: number): boolean {
  return text.length <= codePoints || [...text].length <= codePoints;
}
