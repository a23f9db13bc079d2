import { quietField } from "../catalogue/read-fields.ts";
import { isObject } from "../protocol/values.ts";

/** Names the environment variable of the notifying process that holds the secret. */
export interface SecretRef {
  readonly env: string;
}

const secretName = /^TIDEMARK_SECRET_[A-Za-z0-9_]{1,200}$/;

/** Signs the stream of the audit log: a setting, and no channel's. */
const auditSecretName = "TIDEMARK_SECRET_AUDIT_WEBHOOK";

/** No other variable of the environment can be named: who writes a channel also says where it sends. */
export function isSecretName(name: string): boolean {
  return secretName.test(name) && name !== auditSecretName;
}

/** How one is written. */
export const secretRefObject = {
  type: "object",
  required: ["env"],
  properties: {
    env: {
      type: "string",
      pattern: secretName.source,
      description: "The name of the environment variable that holds it.",
    },
  },
  additionalProperties: false,
} as const;

/** The fault never repeats the value found: it may be the secret itself. */
export const secretRef = quietField<SecretRef, SecretRef>(
  "must be {env: TIDEMARK_SECRET_…}, the environment variable with the secret. Tidemark reads no variable without that prefix, and a file never holds a secret",
  secretRefObject,
  (value) => {
    if (!isObject(value) || Object.keys(value).length !== 1) return null;
    const { env } = value;
    return typeof env === "string" && isSecretName(env) ? { env } : null;
  },
);

/** Every variable named in a channel's spec, in order and without repetition. */
export function secretsOf(spec: unknown): string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    if (!isObject(value)) return;
    if (typeof value.env === "string" && Object.keys(value).length === 1) found.add(value.env);
    else Object.values(value).forEach(look);
  };
  look(spec);
  return [...found];
}
