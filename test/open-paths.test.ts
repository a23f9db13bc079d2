import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pageRules } from "./page-rules.ts";

// Which paths proxy.ts asks no session for, by its matcher. What every page answers then, test/product/pages-by-role.product.test.ts says.
const [, list = "[]"] = /matcher: (\[.*\])/.exec(readFileSync(join(import.meta.dirname, "../proxy.ts"), "utf8")) ?? [];
const patterns = (JSON.parse(list) as string[]).map((pattern) => new RegExp(`^${pattern}$`));
const asksForSession = (path: string) => patterns.some((pattern) => pattern.test(path));

test.each([
  "/icon.svg",
  "/favicon.ico",
  "/sign-in",
  "/sign-in/oidc",
  "/healthz",
  "/readyz",
  "/metrics",
  "/api",
  "/api/v1/x",
])("%s is open, or has a door of its own", (path) => expect(asksForSession(path)).toBe(false));

test.each([
  ...["/", "/status", "/iconoclast", "/icon.svgx", "/icon.svg/x", "/iconxsvg", "/favicons", "/favicon.ico/x"],
  ...[
    "/apiary",
    "/sign-inner",
    "/healthzy",
    "/readyz/x",
    "/metricsx",
    "/event-types/icon.svg",
    "/docs-screens/icon.svg",
  ],
])("%s asks for a session", (path) => expect(asksForSession(path)).toBe(true));

test("every page and route of app/ has a rule that says who it answers, and each rule is of one", () => {
  const files = globSync("**/{page,route}.{ts,tsx,js,jsx,mdx}", { cwd: join(import.meta.dirname, "../app") });
  expect(Object.keys(pageRules).toSorted()).toEqual(files.toSorted());
});

test.each(Object.entries(pageRules))(
  "%s asks strangers to sign in exactly if its rule says so",
  (_, { path, stranger }) => {
    expect(asksForSession(path.replace(/\?.*/, ""))).toBe(stranger === 307);
  },
);
