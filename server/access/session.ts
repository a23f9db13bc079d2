import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

export const sessionCookieName = "tidemark_session";
/** Real seconds, as in the browser, whatever a drill's clock does. */
export const sessionSeconds = 12 * 3600;

/**
 * The subject of a dashboard session: a visitor of an open dashboard, or the token that signed in
 * (by its id, `admin` for TIDEMARK_ADMIN_TOKEN), so that revoking the token ends the session.
 */
export type SessionSubject = { kind: "visitor" } | { kind: "admin" } | { kind: "token"; tokenId: string };

/** The key that signs sessions, derived from a secret shared by all web processes. */
export function deriveSessionKey(secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", "tidemark dashboard session v1", 32));
}

/** The cookie's value: subject, expiry (Unix seconds) and their HMAC. */
export function signSession(key: Buffer, subject: SessionSubject, nowMs: number): string {
  const expiresAt = Math.floor(nowMs / 1000) + sessionSeconds;
  const claims = `${writeSubject(subject)}.${expiresAt}`;
  return `${claims}.${sign(key, claims)}`;
}

export interface Session {
  readonly subject: SessionSubject;
  readonly expiresAtMs: number;
}

/** null if it was not signed with the key, or has expired. */
export function readSession(key: Buffer, value: string, nowMs: number): Session | null {
  const cut = value.lastIndexOf(".");
  const claims = value.slice(0, Math.max(cut, 0));
  const given = Buffer.from(value.slice(cut + 1));
  const expected = Buffer.from(sign(key, claims));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const [name = "", expiresAt = ""] = claims.split(".");
  const expiresAtMs = Number(expiresAt) * 1000;
  const subject = parseSubject(name);
  return subject && expiresAtMs > nowMs ? { subject, expiresAtMs } : null;
}

function sign(key: Buffer, claims: string): string {
  return createHmac("sha256", key).update(claims).digest("base64url");
}

function writeSubject(subject: SessionSubject): string {
  return subject.kind === "token" ? `token:${subject.tokenId}` : subject.kind;
}

function parseSubject(text: string): SessionSubject | null {
  if (text === "visitor" || text === "admin") return { kind: text };
  return text.startsWith("token:") ? { kind: "token", tokenId: text.slice("token:".length) } : null;
}
