import { randomBytes } from "node:crypto";
import type { SecretPlace } from "#server/db/secret-box.ts";

/** In Standard Webhooks' format, which receivers' libraries accept unchanged. */
export function mintWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** What both secrets of a subscription are sealed for. */
export function secretPlace(id: string): SecretPlace {
  return { table: "subscription", row: id };
}
