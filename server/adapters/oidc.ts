import { createRemoteJWKSet, type JWTPayload, jwtVerify } from "jose";
import * as oidc from "openid-client";
import {
  type Identity,
  type IdentityProvider,
  type LogoutMessage,
  type ProviderOptions,
  ProviderRefusal,
  ProviderUnavailable,
} from "#domain/access/identity-provider.ts";
import { readIdentity } from "./oidc-claims.ts";

export interface OidcOptions extends ProviderOptions {
  /** At least so long between two reads of the provider's keys, whatever keys messages name. */
  readonly keysCooldownMs?: number;
}

/** By how much the provider's clock may differ from ours. */
const clockToleranceSeconds = 60;
/** A logout message without an expiry of its own holds so long after it was issued. */
const logoutSeconds = 600;
const timeoutSeconds = 5;
const freshForMs = 3_600_000;
const askAgainMs = 10_000;
const logoutEvent = "http://schemas.openid.net/event/backchannel-logout";
/** Signed with the provider's private key: never with a secret that we share, and never unsigned. */
const algorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];
const maxTokenLength = 32_768;

interface Discovered {
  readonly configuration: oidc.Configuration;
  readonly keys: ReturnType<typeof createRemoteJWKSet>;
}

/** Any OpenID Connect provider. Its description is read at first use, then hourly; real time, whatever a drill's clock says. */
export function openOidc(options: OidcOptions): IdentityProvider {
  const issuer = new URL(options.issuer);
  let known: (Discovered & { readAtMs: number }) | null = null;
  let asked: { atMs: number; answer: Promise<Discovered> } | null = null;

  const discover = (): Promise<Discovered> => {
    if (asked && performance.now() - asked.atMs < askAgainMs) return asked.answer;
    const answer = readDescription(options, issuer, known).then((found) => {
      known = { ...found, readAtMs: performance.now() };
      return found;
    });
    asked = { atMs: performance.now(), answer };
    return answer;
  };
  const provider = async (): Promise<Discovered> => {
    if (known && performance.now() - known.readAtMs < freshForMs) return known;
    // An old description still works if the provider does not answer now.
    return discover().catch((error: unknown) => known ?? Promise.reject(error));
  };
  const verify = async (token: string): Promise<JWTPayload> => {
    const { keys, configuration } = await provider();
    const expected = { audience: options.clientId, clockTolerance: clockToleranceSeconds, algorithms };
    const { issuer: name } = configuration.serverMetadata();
    return (await jwtVerify(token, keys, { ...expected, issuer: name })).payload;
  };

  return {
    name: options.name,
    async begin() {
      const { configuration } = await provider();
      const flow = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        codeVerifier: oidc.randomPKCECodeVerifier(),
      };
      const url = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: options.redirectUri,
        scope: options.scopes,
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(flow.codeVerifier),
        code_challenge_method: "S256",
      });
      return { url: url.href, flow };
    },
    async finish(search, { state, nonce, codeVerifier }): Promise<Identity> {
      const { configuration } = await provider();
      const returned = new URL(options.redirectUri);
      returned.search = search;
      try {
        const tokens = await oidc.authorizationCodeGrant(configuration, returned, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        });
        const idToken = tokens.id_token ?? "";
        // openid-client trusts the connection for the signature; keys are checked here, so that TLS is not all there is.
        const claims = await verify(idToken);
        const subject = claims.sub ?? "";
        const { userinfo_endpoint: asks } = configuration.serverMetadata();
        // Many providers give groups, names and addresses there only.
        const more = asks ? await oidc.fetchUserInfo(configuration, tokens.access_token, subject) : {};
        return readIdentity({ ...claims, ...more, iss: claims.iss, sub: subject, sid: claims.sid }, options, idToken);
      } catch (error) {
        throw explain(error, options.name);
      }
    },
    async readLogout(token) {
      if (token.length > maxTokenLength) throw new ProviderRefusal("The logout token is too long.");
      try {
        return readLogoutClaims(await verify(token));
      } catch (error) {
        throw explain(error, options.name);
      }
    },
    async signOutUrl(idToken) {
      const { configuration } = await provider().catch(() => ({ configuration: null }));
      if (!configuration?.serverMetadata().end_session_endpoint) return null;
      return oidc.buildEndSessionUrl(configuration, {
        post_logout_redirect_uri: options.signedOutUri,
        ...(idToken === null ? {} : { id_token_hint: idToken }),
      }).href;
    },
    isReachable: () =>
      discover().then(
        () => true,
        () => false,
      ),
  };
}

async function readDescription(options: OidcOptions, issuer: URL, known: Discovered | null): Promise<Discovered> {
  const { clientId, clientSecret } = options;
  const execute = issuer.protocol === "http:" ? [oidc.allowInsecureRequests] : [];
  const metadata = { client_secret: clientSecret, [oidc.clockTolerance]: clockToleranceSeconds };
  try {
    const found = await oidc.discovery(issuer, clientId, metadata, undefined, { timeout: timeoutSeconds, execute });
    const server = found.serverMetadata();
    if (server.jwks_uri === undefined) throw new Error("its description names no jwks_uri");
    // Without a list, the specification's default is Basic.
    const takesPost = server.token_endpoint_auth_methods_supported?.includes("client_secret_post") ?? false;
    const authentication = takesPost ? oidc.ClientSecretPost(clientSecret) : oidc.ClientSecretBasic(clientSecret);
    const configuration = new oidc.Configuration(server, clientId, metadata, authentication);
    configuration.timeout = timeoutSeconds;
    for (const extend of execute) extend(configuration);
    const isSame = known?.configuration.serverMetadata().jwks_uri === server.jwks_uri;
    return { configuration, keys: known && isSame ? known.keys : openKeys(server.jwks_uri, options) };
  } catch (error) {
    throw unavailable(error, options.name);
  }
}

function openKeys(url: string, { keysCooldownMs = 5_000 }: OidcOptions) {
  return createRemoteJWKSet(new URL(url), { cooldownDuration: keysCooldownMs, timeoutDuration: timeoutSeconds * 1000 });
}

/** OpenID Connect Back-Channel Logout 1.0, 2.6. */
function readLogoutClaims(claims: JWTPayload): LogoutMessage {
  const { iss, sub, sid, jti, iat, exp, nonce, events } = claims;
  const nowSeconds = Date.now() / 1000;
  if (typeof iat !== "number" || iat > nowSeconds + clockToleranceSeconds) throw refuseLogout("iat");
  const endsAtSeconds = Math.min(exp ?? Number.POSITIVE_INFINITY, iat + logoutSeconds) + clockToleranceSeconds;
  if (endsAtSeconds <= nowSeconds) throw refuseLogout("iat");
  if (typeof jti !== "string" || jti === "") throw refuseLogout("jti");
  if (nonce !== undefined) throw refuseLogout("nonce");
  const event = typeof events === "object" && events !== null ? (events as Record<string, unknown>)[logoutEvent] : null;
  if (typeof event !== "object" || event === null) throw refuseLogout("events");
  const named = { subject: typeof sub === "string" ? sub : null, sid: typeof sid === "string" ? sid : null };
  if (named.subject === null && named.sid === null) throw refuseLogout("sub");
  return { issuer: iss ?? "", ...named, id: jti, expiresAt: new Date(endsAtSeconds * 1000) };
}

function refuseLogout(claim: string): ProviderRefusal {
  return new ProviderRefusal(`The logout token's claim "${claim}" is missing or not valid.`);
}

function unavailable(error: unknown, name: string): ProviderUnavailable {
  const sentence = `${name} is not available at the moment. Try again in a minute, or sign in with a token.`;
  return new ProviderUnavailable(sentence, { cause: error });
}

/** What the library or the provider refused, for the person who signs in; the cause is for the log. */
function explain(error: unknown, name: string): Error {
  if (error instanceof ProviderRefusal || error instanceof ProviderUnavailable) return error;
  const { code = "", status = 0 } = error as { code?: string; status?: number };
  const isAway = code === "OAUTH_TIMEOUT" || code === "ERR_JWKS_TIMEOUT" || status >= 500 || isFetchFailure(error);
  if (isAway) return unavailable(error, name);
  if (error instanceof oidc.AuthorizationResponseError && error.error === "access_denied") {
    return new ProviderRefusal(`${name} did not let you sign in: access was denied there.`, { cause: error });
  }
  const sentence = `The sign-in at ${name} did not complete, or its answer could not be verified. Start again.`;
  return new ProviderRefusal(sentence, { cause: error });
}

function isFetchFailure(error: unknown): boolean {
  return error instanceof TypeError && error.message === "fetch failed";
}
