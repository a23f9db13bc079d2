import { createHash, randomBytes } from "node:crypto";

const tokenPattern = /^tm_[A-Za-z0-9_-]{43}$/;

/** A new token: 256 random bits, so its plain SHA-256 is as hard to turn back as the token is to guess. */
export function mintToken(): string {
  return `tm_${randomBytes(32).toString("base64url")}`;
}

/** What is stored and looked up instead of the token. */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** Saves a look-up for what cannot be a token of ours. */
export function looksLikeToken(text: string): boolean {
  return tokenPattern.test(text);
}
