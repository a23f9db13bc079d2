import { createCheckDestination } from "#server/adapters/egress.ts";
import { type Config, ConfigError, egressOf } from "#server/config.ts";

/** Throws ConfigError if Tidemark may not send where the audit log is to be sent. */
export async function requireAllowedAuditWebhook(config: Config): Promise<void> {
  const { TIDEMARK_AUDIT_WEBHOOK: url } = config;
  if (url === null) return;
  const check = createCheckDestination(egressOf(config));
  const why = await check({ host: new URL(url).hostname, isMeantPrivate: true });
  if (why !== null) throw new ConfigError(`TIDEMARK_AUDIT_WEBHOOK: ${why}`);
}
