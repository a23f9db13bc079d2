// A part of a path or query that is not plain ASCII. "+" ends it: in a query it is a space.
const part = /[^/?&=#+]*%[89a-f][^/?&=#+]*/gi;

/** The URL with path and query in Unicode NFC, the form in which names are stored. */
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
    // Not UTF-8: no name matches it, and the route reports it.
    return null;
  }
}
