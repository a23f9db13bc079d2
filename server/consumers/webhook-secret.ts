import { randomBytes } from "node:crypto";

/** In Standard Webhooks' format, which receivers' libraries accept unchanged. */
export function mintWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}
