import { randomBytes } from "node:crypto";

/** As Standard Webhooks writes secrets: what receivers' libraries take as it is. */
export function mintWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}
