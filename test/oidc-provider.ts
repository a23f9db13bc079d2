import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from "jose";
import Provider, { type Configuration } from "oidc-provider";

export interface TestAccount {
  readonly name?: string;
  readonly preferred_username?: string;
  readonly email?: string;
  readonly groups?: readonly string[];
}

export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who the browser signs in as next without being asked; null: it is asked, on a page with a button for each account. */
  account: string | null;
  /** Changes an ID token's claims before it is signed. */
  tamper: ((claims: JWTPayload) => JWTPayload) | null;
  /** Signs with the provider's current key, for logout tokens. */
  sign(claims: JWTPayload, header?: { alg?: string; typ?: string }): Promise<string>;
  /** A new key in place of the old one. */
  rotateKeys(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

interface TestProviderOptions {
  readonly port: number;
  /** The client's own address. */
  readonly publicUrl: string;
  readonly accounts: Readonly<Record<string, TestAccount>>;
}

const clientId = "tidemark";
const clientSecret = "a client secret of more than thirty-two characters";

/** An OpenID Connect provider on loopback: oidc-provider, certified as one, with accounts of the test. */
export async function startOidcProvider({ port, publicUrl, accounts }: TestProviderOptions): Promise<TestProvider> {
  const issuer = `http://127.0.0.1:${port}`;
  let key = await makeKey("first");
  let turns = 1;
  let provider = openProvider();

  function openProvider(): Provider {
    const made = new Provider(issuer, { ...configurationFor(publicUrl, accounts), jwks: { keys: [key] } });
    made.on("server_error", (_ctx, error) => process.stderr.write(`The test's provider failed: ${error.stack}\n`));
    made.on("backchannel.error", (_ctx, error) => process.stderr.write(`A logout message failed: ${error.stack}\n`));
    return made;
  }
  const sign = async (claims: JWTPayload, { alg = "RS256", typ = "logout+jwt" } = {}) =>
    new SignJWT(claims).setProtectedHeader({ alg, typ, kid: key.kid as string }).sign(await importJWK(key, alg));

  const test: TestProvider = {
    issuer,
    clientId,
    clientSecret,
    account: null,
    tamper: null,
    sign,
    async rotateKeys() {
      turns += 1;
      key = await makeKey(`turn-${turns}`);
      provider = openProvider();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    start: listen,
  };

  const server = createServer((request, response) => {
    if (request.url?.startsWith("/login/")) return void logIn(request, response);
    if (test.tamper && request.url === "/token") resignAnswer(response, test.tamper);
    provider.callback()(request, response);
  });
  function listen(): Promise<void> {
    return new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  }

  async function logIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let form = "";
    for await (const chunk of request) form += chunk;
    const chosen = new URLSearchParams(form).get("account") ?? test.account;
    if (chosen !== null) {
      await provider.interactionFinished(request, response, { login: { accountId: chosen, remember: false } });
      return;
    }
    const buttons = Object.keys(accounts).map((id) => `<button name="account" value="${id}">${id}</button>`);
    response.setHeader("content-type", "text/html");
    response.end(`<!doctype html><title>Provider</title><form method="post">${buttons.join("")}</form>`);
  }

  function resignAnswer(response: ServerResponse, tamper: (claims: JWTPayload) => JWTPayload): void {
    const end = response.end.bind(response) as (body: string) => ServerResponse;
    response.end = ((body: string) => {
      const answer = JSON.parse(body) as { id_token?: string };
      const claims = JSON.parse(Buffer.from(answer.id_token?.split(".")[1] ?? "", "base64url").toString() || "{}");
      void sign(tamper(claims), { typ: "JWT" }).then((id_token) => {
        const changed = JSON.stringify({ ...answer, id_token });
        response.setHeader("content-length", Buffer.byteLength(changed));
        end(changed);
      });
      return response;
    }) as ServerResponse["end"];
  }

  await listen();
  if ((server.address() as AddressInfo).port !== port) throw new Error("The provider listens elsewhere.");
  return test;
}

async function makeKey(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg: "RS256", use: "sig" };
}

function configurationFor(publicUrl: string, accounts: TestProviderOptions["accounts"]): Configuration {
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${publicUrl}/sign-in/oidc/callback`],
        post_logout_redirect_uris: [`${publicUrl}/sign-in`],
        backchannel_logout_uri: `${publicUrl}/sign-in/oidc/back-channel-logout`,
        backchannel_logout_session_required: true,
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    scopes: ["openid", "profile", "email", "groups"],
    claims: { openid: ["sub"], profile: ["name", "preferred_username"], email: ["email"], groups: ["groups"] },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    // Without its guard, which refuses loopback addresses such as the client's.
    fetch: (url, options) => {
      const { dispatcher, ...plain } = (options ?? {}) as RequestInit & { dispatcher?: unknown };
      return globalThis.fetch(url, plain);
    },
    pkce: { required: () => true },
    cookies: { keys: ["signs the provider's cookies in a test"] },
    interactions: { url: (_ctx, { uid }) => `/login/${uid}` },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts[id] }) }),
    // Every account has agreed to everything.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session?.accountId as string });
      grant.addOIDCScope("openid profile email groups");
      await grant.save();
      return grant;
    },
  };
}
