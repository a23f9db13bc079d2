import { describe, expect, test } from "vitest";
import { readConfig } from "#server/config.ts";
import { checkAdminToken, providerSettings } from "./sign-in.ts";

const provider = {
  TIDEMARK_OIDC_ISSUER: "https://id.example.com/realms/main/",
  TIDEMARK_OIDC_CLIENT_ID: "tidemark",
  TIDEMARK_OIDC_CLIENT_SECRET: "hunter2",
};

describe("the provider's settings", () => {
  test("unset, there is none; set, the issuer is kept to the character", () => {
    expect(providerSettings(readConfig({}))).toBeNull();
    const env = { ...provider, TIDEMARK_PUBLIC_URL: "https://tidemark.example/" };
    expect(providerSettings(readConfig(env))).toMatchObject({
      issuer: "https://id.example.com/realms/main/",
      name: "id.example.com",
      scopes: "openid profile email",
      groupsClaim: "groups",
      redirectUri: "https://tidemark.example/sign-in/oidc/callback",
      roles: [{ gives: "viewer", group: "*" }],
      teams: null,
    });
  });

  test.each([
    [
      { TIDEMARK_OIDC_ISSUER: provider.TIDEMARK_OIDC_ISSUER },
      "TIDEMARK_OIDC_ISSUER is set and TIDEMARK_OIDC_CLIENT_ID and TIDEMARK_OIDC_CLIENT_SECRET are not.",
    ],
    [
      { ...provider, TIDEMARK_OIDC_CLIENT_SECRET: "" },
      "TIDEMARK_OIDC_ISSUER is set and TIDEMARK_OIDC_CLIENT_SECRET is not.",
    ],
    [{ TIDEMARK_OIDC_ROLES: "admin=sre" }, "TIDEMARK_OIDC_ROLES is set and TIDEMARK_OIDC_ISSUER and"],
    [{ ...provider, TIDEMARK_OIDC_ISSUER: "http://id.example.com" }, "TIDEMARK_OIDC_ISSUER is "],
    [{ ...provider, TIDEMARK_OIDC_ROLES: "owner=sre" }, "TIDEMARK_OIDC_ROLES is "],
    [{ ...provider, TIDEMARK_OIDC_SCOPES: "profile" }, "TIDEMARK_OIDC_SCOPES is "],
  ])("half set or wrong, they stop the start: %o", (env, sentence) => {
    expect(() => readConfig(env)).toThrow(sentence);
    expect(() => readConfig(env)).not.toThrow(/hunter2/);
  });
});

describe("an admin token that can be guessed", () => {
  const short = { TIDEMARK_ADMIN_TOKEN: "letmein" };
  test.each(["127.0.0.1", "127.9.9.9", "::1", "localhost"])("is warned about on %s", (HOST) => {
    expect(checkAdminToken(readConfig({ ...short, HOST }))).toMatch(
      /^TIDEMARK_ADMIN_TOKEN has 7 characters.*openssl rand/,
    );
  });

  test.each(["0.0.0.0", "::", "10.0.0.7", "tidemark.internal", "127.example.com"])("is refused on %s", (HOST) => {
    expect(() => checkAdminToken(readConfig({ ...short, HOST }))).toThrow(/At least 32 are required while HOST is/);
  });

  test.each([
    [{ TIDEMARK_PUBLIC_URL: "https://tidemark.example.com" }, "TIDEMARK_PUBLIC_URL is https://tidemark.example.com."],
    [{ TIDEMARK_TRUSTED_PROXIES: "127.0.0.1" }, "TIDEMARK_TRUSTED_PROXIES names a proxy in front."],
  ])("is refused behind a proxy on the same machine: %o", (env, end) => {
    expect(() => checkAdminToken(readConfig({ ...short, HOST: "127.0.0.1", ...env }))).toThrow(end);
  });

  test("with 32 characters, or unset, it is fine", () => {
    expect(checkAdminToken(readConfig({ TIDEMARK_ADMIN_TOKEN: "x".repeat(32), HOST: "0.0.0.0" }))).toBeNull();
    expect(checkAdminToken(readConfig({ HOST: "0.0.0.0" }))).toBeNull();
  });
});
