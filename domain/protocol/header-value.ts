const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * An attribute's value from a `ce-…` header by CloudEvents' HTTP binding: double-quoted parts are unescaped, then one round
 * of percent-decoding. null if an encoding is broken or its bytes are not UTF-8. `header` has one character per byte.
 */
export function decodeHeaderValue(header: string): string | null {
  const text = header.replace(/"((?:[^"\\]|\\.)*)"/g, (_, quoted: string) => quoted.replace(/\\(.)/g, "$1"));
  if (/%(?![0-9a-f]{2})/i.test(text)) return null;
  const decoded = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const bytes = Uint8Array.from(decoded, (char) => char.charCodeAt(0));
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

export const headerRule = "must be percent-encoded UTF-8 (CloudEvents HTTP binding)";
