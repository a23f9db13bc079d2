/** Code points of a name, once normalised. */
export const maxName = 255;

export const nameRule = `must have 1 to ${maxName} characters, no control characters or outer spaces, and not be "." or ".."`;

// What nearly every name is: checked with one regular expression, because it runs once per report.
const plain = /^[!-~](?:[ -~]{0,253}[!-~])?$/;
// PostgreSQL cannot store NUL, line feeds have no place in a name, and noncharacters are not meant for interchange.
const unfit = /[\p{Cc}\p{Noncharacter_Code_Point}]|^\p{White_Space}|\p{White_Space}$/u;
/** Before normalisation, in UTF-16 units: composing removes combining marks, and never more than these. */
const maxWritten = 6 * maxName;

/**
 * The name of an event type, datacenter, reporter, component or instance, normalised to NFC so that equal-looking names
 * are equal; null if it is not valid. A URL's path cannot contain "." or "..", so a name cannot be one.
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
