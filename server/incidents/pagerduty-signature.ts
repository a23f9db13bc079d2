import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether one of the header's signatures (`v1=<hex>, v1=<hex>`: several during secret rotation) is the body's HMAC-SHA-256.
 * https://developer.pagerduty.com/docs/verifying-webhook-signatures
 */
export function isSignedBy(secret: string, body: Uint8Array, header: string): boolean {
  const expected = createHmac("sha256", secret).update(body).digest();
  const isExpected = (signature: string) => {
    const hex = /^v1=([0-9a-f]{64})$/i.exec(signature.trim())?.[1];
    return hex !== undefined && timingSafeEqual(Buffer.from(hex, "hex"), expected);
  };
  return header.split(",").some(isExpected);
}
