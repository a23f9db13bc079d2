import { readRoleRules, readTeamRules } from "#domain/access/group-rules.ts";
import { isLoopback } from "./loopback.ts";
import { setting } from "./setting-notes.ts";
import { matching, optional } from "./setting-readers.ts";

/** How people sign in with an OpenID Connect provider. */
export const signInSettings = {
  TIDEMARK_OIDC_ISSUER: setting(optional(readIssuer), {
    description:
      "The OpenID Connect provider with which people sign in, by its issuer: what its `/.well-known/openid-configuration` states, to the character. Register Tidemark there as a confidential client with the redirect URI `TIDEMARK_PUBLIC_URL/sign-in/oidc/callback`, and where the provider has these, the back-channel logout URI `TIDEMARK_PUBLIC_URL/sign-in/oidc/back-channel-logout` and the post-logout redirect URI `TIDEMARK_PUBLIC_URL/sign-in`.",
    expected: "an https URL such as https://id.example.com/realms/main (http only on a loopback address)",
    unset: "people sign in with one-time links and tokens",
  }),
  TIDEMARK_OIDC_CLIENT_ID: setting(optional(matching(/^[\x21-\x7e]{1,500}$/)), {
    description: "Tidemark's client id at the provider.",
    expected: "characters without spaces",
    unset: "required with TIDEMARK_OIDC_ISSUER",
  }),
  TIDEMARK_OIDC_CLIENT_SECRET: setting(optional(matching(/^[\x20-\x7e]{1,2000}$/)), {
    description: "Tidemark's client secret at the provider.",
    expected: "printable ASCII characters",
    unset: "required with TIDEMARK_OIDC_ISSUER",
    secret: true,
  }),
  TIDEMARK_OIDC_NAME: setting(optional(matching(/^[^\p{C}]{1,60}$/u)), {
    description: "The provider's name on the button of the sign-in page: `Sign in with …`.",
    expected: "at most 60 characters such as Okta",
    unset: "the host of TIDEMARK_OIDC_ISSUER",
  }),
  TIDEMARK_OIDC_SCOPES: setting(optional(readScopes), {
    description: "The scopes that Tidemark asks the provider for. Some give groups only for a scope of their own.",
    expected: "scopes with spaces between them, `openid` among them",
    unset: "openid profile email",
  }),
  TIDEMARK_OIDC_GROUPS_CLAIM: setting(optional(matching(/^[\x21-\x7e]{1,200}$/)), {
    description: "The claim that lists a person's groups, in the ID token or in the provider's userinfo answer.",
    expected: "a claim's name such as groups, or a path such as realm_access.roles",
    unset: "groups",
  }),
  TIDEMARK_OIDC_ROLES: setting(optional(readRoleRules), {
    description:
      "Which group gives which role: `viewer` reads, `responder` also acknowledges and silences, `editor` also changes the catalogue, rules and corrections, `admin` also manages people, sessions and tokens. The highest role of a person's groups counts; the group `*` is everyone. Whoever has none of the groups is refused. A role may be named several times.",
    expected: "role=group pairs with semicolons between them such as admin=sre-leads;responder=on-call;viewer=*",
    unset: "viewer=*: everyone who can sign in at the provider reads",
  }),
  TIDEMARK_OIDC_TEAMS: setting(optional(readTeamRules), {
    description: "Which group makes a person a member of which team.",
    expected: "team=group pairs with semicolons between them such as payments=grp-payments;ads=grp-ads",
    unset: "each group is a team of the same name",
  }),
};

/** Kept to the character: the provider's answers must name the same issuer. */
function readIssuer(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, search, hash, username } = new URL(text);
  const isSafe = protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
  return isSafe && search === "" && hash === "" && username === "" ? text : undefined;
}

function readScopes(text: string): string | undefined {
  const scopes = text.split(/ +/);
  return scopes.includes("openid") && scopes.every((scope) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope))
    ? scopes.join(" ")
    : undefined;
}
