import { createHash, randomBytes } from "node:crypto";

const tokenPattern = /^tm_[A-Za-z0-9_-]{43}$/;

/** A new token: with 256 random bits, its plain SHA-256 is as hard to invert as the token is to guess. */
export function mintToken(): string {
  return `tm_${randomBytes(32).toString("base64url")}`;
}

/** Stored and looked up instead of the token. */
export function hashToken(token: string): Buffer<ArrayBuffer> {
  return createHash("sha256").update(token).digest() as Buffer<ArrayBuffer>;
}

/** Avoids a look-up for what cannot be our token. */
export function looksLikeToken(text: string): boolean {
  return tokenPattern.test(text);
}
