import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { nonceHeader } from "#server/http/nonce-header.ts";

const yearSeconds = 31_536_000;
const policyHeader = "content-security-policy";

/**
 * Headers of every answer: pages load nothing from other origins, run no script that is not ours, and may not be framed. `next dev`, which
 * this process is not part of, sends none. HTTPS is required only once the public URL says that it is there.
 */
export function createSafetyHeaders(
  publicUrl: string | null,
): (request: IncomingMessage, response: ServerResponse) => void {
  const lasting: readonly [string, string][] = [
    ["x-content-type-options", "nosniff"],
    // For browsers and scanners that do not know frame-ancestors.
    ["x-frame-options", "DENY"],
    ["referrer-policy", "same-origin"],
    ["permissions-policy", "camera=(), geolocation=(), microphone=()"],
    ["cross-origin-opener-policy", "same-origin"],
    ...(publicUrl?.startsWith("https:")
      ? [["strict-transport-security", `max-age=${yearSeconds}`] as [string, string]]
      : []),
  ];
  return (request, response) => {
    const nonce = randomBytes(16).toString("base64");
    const policy = policyOf(nonce);
    // Next reads the nonce from the request's policy and puts it on its own scripts; other pages read it by itself.
    request.headers[policyHeader] = policy;
    request.headers[nonceHeader] = nonce;
    response.setHeader(policyHeader, policy);
    for (const [name, value] of lasting) response.setHeader(name, value);
  };
}

/** Styles may be inline: the component library sizes things by them. */
function policyOf(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
