import { createHmac, timingSafeEqual } from "node:crypto";

/** Real seconds, as in the browser, whatever a drill's clock does. */
export const visitSeconds = 12 * 3600;

/** The cookie's value of an open dashboard's visitor, who has no row: an expiry in Unix seconds, and its HMAC. */
export function signVisit(key: Uint8Array, nowMs: number): string {
  const claims = `visitor.${Math.floor(nowMs / 1000) + visitSeconds}`;
  return `${claims}.${sign(key, claims)}`;
}

export function looksLikeVisit(value: string): boolean {
  return value.startsWith("visitor.");
}

/** When it expires; null if it was not signed with the key, or has expired. */
export function readVisit(key: Uint8Array, value: string, nowMs: number): number | null {
  const cut = value.lastIndexOf(".");
  const claims = value.slice(0, Math.max(cut, 0));
  const given = Buffer.from(value.slice(cut + 1));
  const expected = Buffer.from(sign(key, claims));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const expiresAtMs = Number(claims.split(".")[1]) * 1000;
  return expiresAtMs > nowMs ? expiresAtMs : null;
}

function sign(key: Uint8Array, claims: string): string {
  return createHmac("sha256", key).update(claims).digest("base64url");
}
