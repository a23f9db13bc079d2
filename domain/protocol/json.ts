const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The JSON value of UTF-8 bytes; undefined if they are not JSON (which has no undefined). */
export function decodeJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    return undefined;
  }
}

export function decodeBase64Json(encoded: unknown): unknown {
  if (typeof encoded !== "string") return undefined;
  try {
    return decodeJson(Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
