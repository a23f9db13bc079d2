import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { HookProvider } from "#domain/deployment-hook/providers.ts";

/** A header by its lower-case name; null: not sent. */
export type ReadHeader = (name: string) => string | null;

interface Delivery {
  readonly secret: string;
  readonly body: Uint8Array;
  readonly header: ReadHeader;
  /** Real time: senders do not follow a drill's clock. */
  readonly realNow: Date;
}

/** How far a signed delivery's timestamp may be from now. */
const validForSeconds = 300;

/** Which headers authenticate a provider's deliveries, for the answer to one without them. */
export const proofOf: Record<HookProvider, string> = {
  github: "X-Hub-Signature-256",
  gitlab: "X-Gitlab-Token, or webhook-signature for a signing token",
  argocd: "Authorization: Bearer",
  spinnaker: "Authorization, with the secret as bearer token or as password",
};

const verifiers: Record<HookProvider, (delivery: Delivery) => boolean> = {
  github: isSignedByGithub,
  gitlab: ({ secret, ...rest }) =>
    secret.startsWith("whsec_") ? isSignedByGitlab({ secret, ...rest }) : isSame(rest.header("x-gitlab-token"), secret),
  argocd: ({ secret, header }) => isSame(bearerOf(header("authorization")), secret),
  spinnaker: ({ secret, header }) => {
    const authorization = header("authorization");
    return isSame(bearerOf(authorization) ?? passwordOf(authorization), secret);
  },
};

/** Whether the sender knows the hook's secret. Nothing of the body is parsed before. */
export function isAuthentic(provider: HookProvider, delivery: Delivery): boolean {
  return delivery.secret !== "" && verifiers[provider](delivery);
}

/** https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries */
function isSignedByGithub({ secret, body, header }: Delivery): boolean {
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(header("x-hub-signature-256") ?? "")?.[1];
  const expected = createHmac("sha256", secret).update(body).digest();
  return hex !== undefined && timingSafeEqual(Buffer.from(hex, "hex"), expected);
}

/** A signing token's signature, after Standard Webhooks: https://docs.gitlab.com/user/project/integrations/webhooks/ */
function isSignedByGitlab({ secret, body, header, realNow }: Delivery): boolean {
  const [id, timestamp, signatures] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map(header);
  const seconds = /^\d{1,12}$/.test(timestamp ?? "") ? Number(timestamp) : Number.NaN;
  if (!id || !signatures || !(Math.abs(realNow.getTime() / 1000 - seconds) <= validForSeconds)) return false;
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
  return signatures.split(" ").some((signature) => {
    const given = Buffer.from(/^v1,(\S+)$/.exec(signature)?.[1] ?? "", "base64");
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** Digests have one length, so that the time says nothing of the secret's. */
function isSame(given: string | null, secret: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given ?? ""), digest(secret)) && given !== null;
}

function bearerOf(authorization: string | null): string | null {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? "")?.[1] ?? null;
}

function passwordOf(authorization: string | null): string | null {
  const encoded = /^Basic +([\w+/=]+) *$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return null;
  const pair = Buffer.from(encoded, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  return colon < 0 ? null : pair.slice(colon + 1);
}
