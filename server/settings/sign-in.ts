import type { GroupRule } from "#domain/access/group-rules.ts";
import type { ProviderOptions } from "#domain/access/identity-provider.ts";
import type { Role } from "#domain/access/role.ts";
import { type Config, ConfigError, publicUrlOf } from "#server/config.ts";
import { reachFromElsewhere } from "./loopback.ts";

/** How the settings say that people sign in at an identity provider. */
export interface ProviderSettings extends ProviderOptions {
  readonly roles: readonly GroupRule<Role>[];
  readonly teams: readonly GroupRule[] | null;
}

const leastAdminToken = 32;
const howToMakeToken = "Make one with `openssl rand -base64 32`";

/** null: no provider is set. */
export function providerSettings(config: Config): ProviderSettings | null {
  const { TIDEMARK_OIDC_ISSUER: issuer, TIDEMARK_OIDC_CLIENT_ID: clientId } = config;
  const clientSecret = config.TIDEMARK_OIDC_CLIENT_SECRET;
  if (issuer === null || clientId === null || clientSecret === null) return null;
  const url = publicUrlOf(config);
  return {
    issuer,
    clientId,
    clientSecret,
    name: config.TIDEMARK_OIDC_NAME ?? new URL(issuer).host,
    scopes: config.TIDEMARK_OIDC_SCOPES ?? "openid profile email",
    groupsClaim: config.TIDEMARK_OIDC_GROUPS_CLAIM ?? "groups",
    redirectUri: `${url}/sign-in/oidc/callback`,
    signedOutUri: `${url}/sign-in`,
    roles: config.TIDEMARK_OIDC_ROLES ?? [{ gives: "viewer", group: "*" }],
    teams: config.TIDEMARK_OIDC_TEAMS,
  };
}

/**
 * What is wrong with a guessable admin token, in a sentence; null: it is long enough, or unset. Throws ConfigError if
 * other machines could guess it.
 */
export function checkAdminToken(config: Config): string | null {
  const { TIDEMARK_ADMIN_TOKEN: token } = config;
  if (token === null || token.length >= leastAdminToken) return null;
  const sentence = `TIDEMARK_ADMIN_TOKEN has ${token.length} characters, which can be guessed. ${howToMakeToken}`;
  const reach = reachFromElsewhere(config);
  if (reach === null) return `${sentence}, before other machines can reach Tidemark.`;
  throw new ConfigError(
    `${sentence}, or unset it: one is then created. At least ${leastAdminToken} are required while ${reach}.`,
  );
}
