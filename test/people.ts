import type { Role } from "#domain/access/role.ts";
import type { TestApi } from "#test/test-api.ts";

export interface TestCaller {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** Invites a person, who signs in with their link and then calls from Tidemark's own pages. */
export async function signInPerson(
  api: TestApi,
  person: { name: string; role: Role; teams?: readonly string[] },
): Promise<TestCaller & { cookie: string; id: string }> {
  const made = await api.call("POST", "/api/v1/people", { body: person });
  const { id, link } = (await made.json()) as { id: string; link: { url: string } };
  const body = { code: new URL(link.url).hash.slice(1) };
  const answer = await api.call("POST", "/api/v1/session/link", { token: null, body });
  if (answer.status !== 200) throw new Error(`${person.name} could not sign in: ${await answer.text()}`);
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  const own = { cookie, "sec-fetch-site": "same-origin" };
  return {
    id,
    cookie,
    call: (method, path, sent, headers = {}) =>
      api.call(method, path, { token: null, body: sent, headers: { ...own, ...headers } }),
  };
}

/** A program with a token of its own. */
export async function createTestToken(
  api: TestApi,
  token: { name: string; scopes: readonly string[]; teams?: readonly string[] },
): Promise<TestCaller & { token: string }> {
  const made = await api.call("POST", "/api/v1/tokens", { body: token });
  const { token: secret } = (await made.json()) as { token: string };
  if (secret === undefined) throw new Error(`The token ${token.name} could not be created.`);
  return {
    token: secret,
    call: (method, path, body, headers = {}) => api.call(method, path, { token: secret, body, headers }),
  };
}
