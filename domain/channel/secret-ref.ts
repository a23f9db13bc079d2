import { quietField } from "../catalogue/read-fields.ts";
import { isObject } from "../protocol/values.ts";

/** Names the environment variable of the notifying process that holds the secret. */
export interface SecretRef {
  readonly env: string;
}

/** How one is written. */
export const secretRefObject = {
  type: "object",
  required: ["env"],
  properties: { env: { type: "string", description: "The name of the environment variable that holds it." } },
  additionalProperties: false,
} as const;

/** The fault never repeats the value found: it may be the secret itself. */
export const secretRef = quietField<SecretRef, SecretRef>(
  "must be {env: NAME}, the environment variable with the secret. A file never holds a secret",
  secretRefObject,
  (value) => {
    if (!isObject(value) || Object.keys(value).length !== 1) return null;
    const { env } = value;
    return typeof env === "string" && /^[A-Za-z_][A-Za-z0-9_]{0,254}$/.test(env) ? { env } : null;
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
