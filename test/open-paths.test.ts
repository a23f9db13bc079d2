import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

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
