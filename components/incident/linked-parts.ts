interface TextPart {
  /** Its position in the text. */
  at: number;
  text: string;
  /** null: plain text. */
  href: string | null;
}

/** A text cut at its http and https addresses. What only looks like an address, or has another scheme, stays text. */
export function linkedParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let last = 0;
  for (const { 0: found, index } of text.matchAll(/\bhttps?:\/\/[^\s<>"'`]+/gi)) {
    const address = withoutTrailingMarks(found);
    if (!URL.canParse(address)) continue;
    if (index > last) parts.push({ at: last, text: text.slice(last, index), href: null });
    parts.push({ at: index, text: address, href: new URL(address).href });
    last = index + address.length;
  }
  if (last < text.length || parts.length === 0) parts.push({ at: last, text: text.slice(last), href: null });
  return parts;
}

/** A sentence’s own marks after an address are not part of it; nor is a bracket that it does not open. */
function withoutTrailingMarks(found: string): string {
  const address = found.replace(/[.,;:!?…’”]+$/, "");
  return address.endsWith(")") && !address.includes("(") ? withoutTrailingMarks(address.slice(0, -1)) : address;
}
