import type { Config } from "#server/config.ts";
import { reachFromElsewhere } from "./loopback.ts";

/** What an operator should do about secrets that are stored as plain text, in a sentence; null: nothing. */
export function notePlainSecrets(config: Config): string | null {
  const reach = reachFromElsewhere(config);
  if (config.TIDEMARK_ENCRYPTION_KEY !== null || reach === null) return null;
  return `Secrets are stored in the database as plain text, and other machines reach Tidemark: ${reach}. Set TIDEMARK_ENCRYPTION_KEY: make one with \`openssl rand -base64 32\`, then run \`npx tidemark secrets rotate\`.`;
}
