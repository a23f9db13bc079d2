// A part of a path or query that is not plain ASCII. "+" ends it: in a query it stands for a space.
const part = /[^/?&=#+]*%[89a-f][^/?&=#+]*/gi;

/** The address with its path and query in Unicode's NFC, as the names are kept that it may hold. */
export function normalisedUrl(url: string): string {
  return url.replace(part, (encoded) => {
    const text = decode(encoded);
    const normalised = text?.normalize("NFC");
    return normalised === undefined || normalised === text ? encoded : encodeURIComponent(normalised);
  });
}

function decode(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded);
  } catch {
    // Not UTF-8: no name has it, and whoever reads it says so.
    return null;
  }
}
