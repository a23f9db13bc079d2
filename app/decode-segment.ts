/** A part of an address as it was meant, in NFC as names are kept; what is no encoding at all stays as it came. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment).normalize("NFC");
  } catch {
    return segment;
  }
}
