const keyBytes = 32;
/** 32 random bytes have fewer different ones in less than one of 10^12 keys. */
const leastDifferent = 20;

/** 32 random bytes in base64 or hex, or undefined: also for a key that looks typed rather than random. */
export function readEncryptionKey(text: string): Uint8Array | undefined {
  const key = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? "hex" : "base64");
  const isWhole = /^([0-9a-f]{64}|[A-Za-z0-9+/_-]{43}=?)$/i.test(text) && key.length === keyBytes;
  const isText = key.every((byte) => byte >= 0x20 && byte < 0x7f);
  return isWhole && !isText && new Set(key).size >= leastDifferent ? new Uint8Array(key) : undefined;
}

/** Several, separated by commas. */
export function readEncryptionKeys(text: string): Uint8Array[] | undefined {
  const keys = text.split(",").map((each) => readEncryptionKey(each.trim()));
  return keys.length <= 20 && keys.every((key) => key !== undefined) ? keys : undefined;
}
