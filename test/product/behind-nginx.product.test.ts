import { once } from "node:events";
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium, type Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addHours, formatHour, hourEnd, hourOf } from "#domain/hour.ts";
import { nginx, openssl, startNginx, type TestNginx } from "#test/nginx.ts";
import { startOidcProvider, type TestProvider } from "#test/oidc-provider.ts";
import { until } from "#test/until.ts";
import { chromiumOptions } from "../../scripts/chromium-options.ts";
import { findChromium } from "../../scripts/find-chromium.ts";
import { freePort, type Product, startProduct } from "./start-product.ts";

// The product below a base path, behind nginx with TLS as docs/operating.md sets it up.
const hour = addHours(hourOf(new Date()), -1);
const cookieName = "__Host-tidemark_session_tidemark";
const needs = { meta: { needs: "nginx, openssl and Chromium" } };
let product: Product;
let proxy: TestNginx;
let provider: TestProvider;
let publicUrl: string;

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  text: string;
}

/** Through nginx, from `localAddress`. */
async function open(
  method: string,
  path: string,
  options: { headers?: OutgoingHttpHeaders; body?: string | Buffer; localAddress?: string; isStranger?: boolean } = {},
) {
  const { headers = {}, body, localAddress, isStranger = false } = options;
  const asked = request(`${publicUrl}${path}`, {
    method,
    headers: { ...(isStranger ? {} : { authorization: `Bearer ${product.token}` }), ...headers },
    ca: proxy.certificate,
    agent: false,
    ...(localAddress ? { localAddress, hostname: "127.0.0.1", servername: "localhost" } : {}),
  });
  // nginx may answer and close before all of a body is sent.
  asked.on("error", () => undefined);
  asked.end(body);
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  return answer;
}

async function ask(method: string, path: string, options: Parameters<typeof open>[2] = {}): Promise<Answer> {
  const answer = await open(method, path, options);
  const chunks = await Array.fromAsync(answer as AsyncIterable<Buffer>);
  return { status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString() };
}

async function send(method: string, path: string, body: object, type = "application/json"): Promise<void> {
  const answer = await ask(method, `/api/v1${path}`, { headers: { "content-type": type }, body: JSON.stringify(body) });
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
}

const event = (type: string, data: object) => ({
  specversion: "1.0",
  source: "test",
  id: crypto.randomUUID(),
  time: new Date().toISOString(),
  type,
  data,
});

const say = (type: string, data: object) => send("POST", "/events", event(type, data), "application/cloudevents+json");

async function completeHour(eventType: string): Promise<void> {
  for (const stage of ["produced", "delivered"]) {
    const reports = [{ eventType, hour: formatHour(hour), events: 1_000 }];
    await say("tidemark.counters.v1", { dc: "east", stage, reporter: `east-${stage}`, reports });
  }
  await say("tidemark.watermark.v1", { dc: "east", marks: [{ eventType, watermark: hourEnd(hour).toISOString() }] });
}

describe.skipIf(!nginx || !openssl || !findChromium())("behind nginx, below a base path", needs, () => {
  let browser: Browser;

  beforeAll(async () => {
    const [port, tlsPort, providerPort] = [await freePort(), await freePort(), await freePort()];
    publicUrl = `https://localhost:${tlsPort}/tidemark`;
    provider = await startOidcProvider({
      port: providerPort,
      publicUrl,
      accounts: { ada: { name: "Ada Lind", groups: ["sre"] } },
    });
    provider.account = "ada";
    product = await startProduct({
      PORT: String(port),
      TIDEMARK_PUBLIC_URL: publicUrl,
      TIDEMARK_TRUSTED_PROXIES: "127.0.0.1",
      TIDEMARK_OIDC_ISSUER: provider.issuer,
      TIDEMARK_OIDC_CLIENT_ID: provider.clientId,
      TIDEMARK_OIDC_CLIENT_SECRET: provider.clientSecret,
      TIDEMARK_OIDC_NAME: "Example ID",
      TIDEMARK_OIDC_SCOPES: "openid profile email groups",
      TIDEMARK_OIDC_ROLES: "responder=sre",
    });
    proxy = await startNginx(tlsPort, { port });
    browser = await chromium.launch(chromiumOptions());
    const activeFrom = formatHour(addHours(hour, -6));
    await send("PUT", "/datacenters/east", { activeFrom });
    await send("PUT", "/event-types/EndSong", {
      owner: "tests",
      tier: "high",
      activeFrom,
      deadline: "1h",
      settle: "1s",
    });
    // The product builds the pages for the path first.
  }, 900_000);
  afterAll(async () => {
    await browser?.close();
    await proxy?.stop();
    await product?.stop();
    await provider?.stop();
  });

  /** A page in a fresh browser; `wrong` collects what of this site was not found, and what the page's scripts complained of. */
  async function newPage(): Promise<{ page: Page; wrong: string[] }> {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const wrong: string[] = [];
    page.on("response", (answer) => {
      const isOurs = answer.url().startsWith(publicUrl);
      const isSite = answer.url().startsWith(new URL(publicUrl).origin);
      if (isSite && (!isOurs || answer.status() >= 400)) wrong.push(`${answer.status()} ${answer.url()}`);
    });
    page.on("pageerror", (error) => wrong.push(String(error)));
    return { page, wrong };
  }

  async function signIn(page: Page, to = "/"): Promise<void> {
    await page.goto(`${publicUrl}${to}`);
    await page.getByRole("link", { name: "Sign in with Example ID" }).click();
    await page.waitForURL((url) => url.href.startsWith(publicUrl) && !url.pathname.includes("sign-in"));
  }

  test("a person signs in at the provider and comes back to the page they asked for", async () => {
    const { page, wrong } = await newPage();
    await signIn(page, "/event-types/EndSong");
    expect(page.url()).toBe(`${publicUrl}/event-types/EndSong`);
    await page.getByRole("heading", { name: "EndSong" }).first().waitFor();
    const cookie = (await page.context().cookies()).find(({ name }) => name === cookieName);
    expect(cookie).toMatchObject({ path: "/", secure: true, httpOnly: true, sameSite: "Lax" });
    expect(wrong).toEqual([]);
  });

  test("the board, an incident, the documentation and the API's reference load, and links between them stay below the path", async () => {
    const { page, wrong } = await newPage();
    await signIn(page);
    expect(new URL(page.url()).pathname).toMatch(/^\/tidemark\/?$/);
    await page.getByText("EndSong").first().waitFor();
    // East is silent while west reports.
    await send("PUT", "/datacenters/west", { activeFrom: formatHour(hour) });
    await send("PUT", "/rules/silence", { metric: "datacenter_silence", threshold: "1s", for: "0s", severity: "page" });
    const beat = (dc: string) =>
      say("tidemark.watermark.v1", { dc, marks: [{ eventType: "EndSong", watermark: hour.toISOString() }] });
    await beat("east");
    let id = "";
    await until("the silence opens an incident", async () => {
      await beat("west");
      await sleep(500);
      const { items } = JSON.parse((await ask("GET", "/api/v1/incidents")).text) as { items: { id: string }[] };
      id = items[0]?.id ?? "";
      return id !== "";
    });
    await page.goto(`${publicUrl}/alerts/incidents/${id}`);
    await page
      .getByRole("button", { name: /^Acknowledge/ })
      .first()
      .waitFor();
    for (const link of await page
      .locator("a[href^='/']")
      .evaluateAll((all) => all.map((a) => a.getAttribute("href")))) {
      expect(link).toMatch(/^\/tidemark(\/|\?|$)/);
    }
    await page.goto(`${publicUrl}/docs/concepts`);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await page.goto(`${publicUrl}/api/docs`);
    await page
      .getByRole("heading", { name: /Tidemark API/ })
      .first()
      .waitFor();
    const pictures = await page.goto(`${publicUrl}/docs`);
    expect(pictures?.status()).toBe(200);
    expect(wrong).toEqual([]);
  });

  test("a page without a session leads to sign-in below the path, also the front page", async () => {
    for (const path of ["", "/", "/status"]) {
      const answer = await ask("GET", path, { isStranger: true });
      expect([path, answer.status]).toEqual([path, 307]);
      expect(new URL(answer.headers.location ?? "", publicUrl).pathname).toBe("/tidemark/sign-in");
    }
    const opened = await ask("GET", "/status", { isStranger: true });
    expect(opened.headers["strict-transport-security"]).toMatch(/max-age=31536000/);
    expect(opened.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect((await ask("GET", "/api/docs", { isStranger: true })).headers.location).toBe(
      "/tidemark/sign-in?next=/api/docs",
    );
  });

  test("feeds and the API's description name addresses below the path", async () => {
    expect((await ask("GET", "/api/v1/event-types/EndSong/feed.atom")).text).toContain(`${publicUrl}/`);
    expect(JSON.parse((await ask("GET", "/api/openapi.json")).text).servers).toEqual([
      { url: "/tidemark", description: "This server" },
    ]);
  });

  test("programs on this side ask with the path or without", async () => {
    const headers = { authorization: `Bearer ${product.token}` };
    for (const path of [
      "/healthz",
      "/tidemark/healthz",
      "/readyz?serving",
      "/api/v1/status",
      "/tidemark/api/v1/status",
    ]) {
      expect([path, (await fetch(`${product.url}${path}`, { headers })).status]).toEqual([path, 200]);
    }
    expect((await fetch(`${product.url}/tidemarks/status`, { headers, redirect: "manual" })).status).not.toBe(200);
  });

  test("an event stream's events arrive while it is open: nginx does not hold them", async () => {
    const stream = await open("GET", "/api/v1/changes");
    expect(stream.headers["content-type"]).toContain("text/event-stream");
    const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    expect((await chunks.next()).value.toString()).toContain("event:");
    await send("PUT", "/event-types/Streamed", {
      owner: "tests",
      tier: "high",
      activeFrom: formatHour(hour),
      settle: "1s",
    });
    let said = "";
    while (!said.includes("verdicts")) said += (await chunks.next()).value.toString();
    stream.destroy();
  });

  test("a question at the gate is held through it, and answered when the hour is complete", async () => {
    const activeFrom = formatHour(addHours(hour, -1));
    const spec = { owner: "tests", tier: "high", datacenters: ["east"], activeFrom, settle: "1s" };
    await send("PUT", "/event-types/Gated", spec);
    await until("the hour is there", async () => {
      return (await ask("GET", `/api/v1/event-types/Gated/hours/${formatHour(hour)}`)).status === 200;
    });
    const held = ask("GET", `/api/v1/event-types/Gated/hours/${formatHour(hour)}/ready?wait=60`);
    await completeHour("Gated");
    expect((await held).status).toBe(200);
  });

  test("who signs in is seen with the address that nginx saw, whatever the caller says", async () => {
    const body = JSON.stringify({ token: product.token });
    const headers = { "content-type": "application/json", "x-forwarded-for": "203.0.113.7" };
    const answer = await ask("POST", "/api/v1/session", { headers, body, localAddress: "127.0.0.2", isStranger: true });
    expect(answer.status).toBe(200);
    expect(answer.headers["set-cookie"]?.[0]).toMatch(new RegExp(`^${cookieName}=.*Path=/; HttpOnly; Secure`));
    const { items } = JSON.parse((await ask("GET", "/api/v1/sessions")).text) as { items: { address: string }[] };
    expect(items.map(({ address }) => address)).toContain("127.0.0.2");
    expect(items.map(({ address }) => address)).not.toContain("203.0.113.7");
  });

  test("16 MiB of events pass, more are refused with 413", async () => {
    const headers = { "content-type": "application/cloudevents-batch+json" };
    const mebibyte = 1024 ** 2;
    const events = Array.from({ length: 500 }, (_, n) => {
      const reports = Array.from({ length: 20 }, (_, type) => ({
        eventType: `Large${type}`,
        hour: formatHour(hour),
        events: n,
      }));
      return event("tidemark.counters.v1", { dc: "east", stage: "produced", reporter: `large-${n}`, reports });
    });
    // Spaces count like the rest.
    const large = JSON.stringify(events).padEnd(16 * mebibyte);
    const taken = await ask("POST", "/api/v1/events", { headers, body: large });
    expect([taken.status, taken.text]).toEqual([202, '{"accepted":500}']);
    expect((await ask("POST", "/api/v1/events", { headers, body: Buffer.alloc(17 * mebibyte, " ") })).status).toBe(413);
  });
});
