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

const verifiers: Record<HookProvider, (delivery: Delivery) => string | null> = {
  github: refusalByGithub,
  gitlab: ({ secret, ...rest }) =>
    secret.startsWith("whsec_")
      ? refusalByGitlab({ secret, ...rest })
      : refusalOfSecret("X-Gitlab-Token", rest.header("x-gitlab-token"), secret),
  argocd: ({ secret, header }) => refusalOfSecret("Authorization: Bearer", bearerOf(header("authorization")), secret),
  spinnaker: ({ secret, header }) => {
    const authorization = header("authorization");
    return refusalOfSecret("Authorization", bearerOf(authorization) ?? passwordOf(authorization), secret);
  },
};

/**
 * Why the sender does not prove that it knows one of the secrets; null: it does. Nothing of the body is parsed before. For readers of
 * the hook's page: the sender does not learn it.
 */
export function refusalOf(
  provider: HookProvider,
  { secrets, ...delivery }: Omit<Delivery, "secret"> & { secrets: readonly string[] },
): string | null {
  const refusals = secrets.map((secret) => verifiers[provider]({ secret, ...delivery }));
  return refusals.includes(null) ? null : (refusals[0] ?? "The hook has no secret.");
}

/** https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries */
function refusalByGithub({ secret, body, header }: Delivery): string | null {
  const given = header("x-hub-signature-256");
  if (given === null) return "X-Hub-Signature-256 is missing. Enter the hook’s secret at GitHub.";
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(given)?.[1];
  const expected = createHmac("sha256", secret).update(body).digest();
  const isRight = hex !== undefined && timingSafeEqual(Buffer.from(hex, "hex"), expected);
  return isRight ? null : "X-Hub-Signature-256 does not match: GitHub signs with another secret.";
}

/** A signing token's signature, after Standard Webhooks: https://docs.gitlab.com/user/project/integrations/webhooks/ */
function refusalByGitlab({ secret, body, header, realNow }: Delivery): string | null {
  const [id, timestamp, signatures] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map(header);
  if (!id || !timestamp || !signatures) return "webhook-signature is missing. Set the signing token at GitLab.";
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN;
  if (!(Math.abs(realNow.getTime() / 1000 - seconds) <= validForSeconds))
    return "webhook-timestamp is more than 5 minutes from now.";
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
  const isRight = signatures.split(" ").some((signature) => {
    const given = Buffer.from(/^v1,(\S+)$/.exec(signature)?.[1] ?? "", "base64");
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return isRight ? null : "webhook-signature does not match: GitLab signs with another token.";
}

/** Digests have one length, so that the time says nothing of the secret's. */
function refusalOfSecret(where: string, given: string | null, secret: string): string | null {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const isRight = timingSafeEqual(digest(given ?? ""), digest(secret));
  if (given === null) return `${where} is missing or has another form. Enter the hook’s secret at the release tool.`;
  return isRight ? null : `${where} holds another secret than the hook’s.`;
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
