import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { type IncomingMessage, type OutgoingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addHours, formatHour, hourEnd, hourOf } from "#domain/hour.ts";
import { readRuntime } from "#server/process/runtime-file.ts";
import { findProgram } from "#test/find-program.ts";
import { until } from "#test/until.ts";
import { type Product, startProduct } from "./start-product.ts";
import { startWeb, type WebProcess } from "./start-web.ts";

// The doors of the web process as it is shipped: Node's server, Next behind it. An open dashboard, and a private one that other machines reach.
let product: Product;
let closed: WebProcess;
const javac = findProgram("javac", "install a JDK");

beforeAll(async () => {
  product = await startProduct({ TIDEMARK_DASHBOARD: "open" });
  const runtime = await readRuntime(product.dataFolder);
  closed = await startWeb(product, {
    DATABASE_URL: runtime?.databaseUrl ?? "",
    TIDEMARK_DASHBOARD: "private",
    HOST: "0.0.0.0",
    TIDEMARK_PUBLIC_URL: "https://tidemark.example.com",
    TIDEMARK_ALLOWED_HOSTS: "tidemark,*.svc.cluster.local",
  });
});
afterAll(async () => {
  await closed?.stop();
  await product?.stop();
});

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  text: string;
}

/** Not by fetch, which chooses `Host` and some methods by itself and encodes paths. */
async function ask(url: string, method: string, path: string, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const asked = request({ host: hostname, port, method, path, headers, agent: false });
  asked.end();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  const chunks = await Array.fromAsync(answer as AsyncIterable<Buffer>);
  return { status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString() };
}

describe("a target that cannot be read", () => {
  const paths = [
    "/api/v1/event-types/%zz",
    "/api/v1/event-types/%ff",
    "/api/v1/board?x=%",
    "/api/v1/event-types/%E0%A4%A/hours",
  ];
  test.each(paths)("%s is a problem of 400", async (path) => {
    const answer = await ask(product.url, "GET", path);
    expect([answer.status, answer.headers["content-type"]]).toEqual([400, "application/problem+json"]);
    expect(JSON.parse(answer.text)).toMatchObject({ type: "/api/docs#problem-invalid", status: 400 });
  });

  test.each(["/%zz", "/event-types/%ff", "/status?x=%", "/_next/%", "/alerts?x=%00", "/event-types/a%00"])(
    "%s is a page of 400",
    async (path) => {
      const answer = await ask(product.url, "GET", path);
      expect([answer.status, answer.headers["content-type"]]).toEqual([400, "text/html; charset=utf-8"]);
      expect(answer.text).toContain("invalid percent-encoding");
    },
  );
});

describe("a method that a path does not take", () => {
  test.each([
    ["TRACE", "/api/v1/board", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"],
    ["TRACE", "/", "GET, HEAD"],
    ["POST", "/", "GET, HEAD"],
    ["PUT", "/healthz", "GET, HEAD"],
    ["DELETE", "/metrics", "GET, HEAD"],
    ["POST", "/readyz", "GET, HEAD"],
    ["POST", "/api/v1/board", "GET, HEAD"],
    ["GET", "/api/v1/events", "POST"],
    ["PROPFIND", "/api/docs", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"],
  ])("%s %s is 405 with Allow", async (method, path, allow) => {
    const { status, headers } = await ask(product.url, method, path);
    expect([status, headers.allow]).toEqual([405, allow]);
  });
});

describe("a host", () => {
  const status = async (url: string, host: string, path: string, headers: OutgoingHttpHeaders = {}) =>
    (await ask(url, "GET", path, { host, ...headers })).status;

  test("that is no name of ours is refused with 421 and a sentence, at pages, API and documentation", async () => {
    for (const path of [
      "/",
      "/sign-in",
      "/api/v1/session",
      "/api/docs",
      "/api/openapi.json",
      "/metrics",
      "/icon.svg",
    ]) {
      const answer = await ask(product.url, "GET", path, { host: "rebound.example:3000" });
      expect([path, answer.status]).toEqual([path, 421]);
      expect(answer.text).toContain("TIDEMARK_ALLOWED_HOSTS");
    }
  });

  test("may be loopback, HOST, the public URL's, an allowed one and, listening everywhere, an address of the machine", async () => {
    const [own] = Object.values(networkInterfaces())
      .flatMap((found) => found ?? [])
      .filter(({ family, internal }) => family === "IPv4" && !internal);
    const hosts = [
      "localhost",
      "127.0.0.1:1",
      "tidemark.example.com",
      "tidemark:3000",
      "a.svc.cluster.local",
      ...(own ? [own.address] : []),
    ];
    for (const host of hosts) expect([host, await status(closed.url, host, "/sign-in")]).toEqual([host, 200]);
    expect(await status(product.url, "tidemark.example.com", "/sign-in")).toBe(421);
  });

  test("does not matter to probes, which get the status alone, nor to calls with a token", async () => {
    const bearer = { authorization: `Bearer ${product.token}` };
    expect(await status(product.url, "10.0.0.9:3000", "/healthz")).toBe(200);
    const ready = await ask(product.url, "GET", "/readyz?serving", { host: "10.0.0.9:3000" });
    expect([ready.status, JSON.parse(ready.text)]).toEqual([200, { status: "ready" }]);
    expect(await status(product.url, "elsewhere", "/api/v1/board", bearer)).toBe(200);
    expect(await status(product.url, "elsewhere", "/api/v1/board", { authorization: "Bearer made-up" })).toBe(401);
    expect(await status(product.url, "elsewhere", "/metrics", { authorization: "Bearer made-up" })).toBe(401);
    expect(await status(product.url, "elsewhere", "/", bearer)).toBe(421);
  });
});

describe("a private dashboard", () => {
  const paths = ["/metrics", "/api/openapi.json", "/api/docs/redoc.js", "/api/v1/board"];

  test("shows metrics, documentation and reasons to who brings a token that may read, or a session", async () => {
    const bearer = { authorization: `Bearer ${product.token}` };
    const signedIn = await fetch(`${closed.url}/api/v1/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token: product.token }),
    });
    const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const made = await fetch(`${product.url}/api/v1/tokens`, {
      method: "POST",
      headers: { ...bearer, "content-type": "application/json" },
      body: JSON.stringify({ name: "reporter", scopes: ["ingest"] }),
    });
    const { token } = (await made.json()) as { token: string };
    for (const path of [...paths, "/api/docs"]) {
      const statuses = await Promise.all(
        [bearer, { cookie }, {}, { authorization: `Bearer ${token}` }].map(
          async (headers) => (await ask(closed.url, "GET", path, headers)).status,
        ),
      );
      const refused = path === "/api/v1/board" ? [401, 403] : [path === "/api/docs" ? 302 : 401, 401];
      expect([path, ...statuses]).toEqual([path, 200, 200, ...refused]);
    }
    const reasons = async (headers: OutgoingHttpHeaders) =>
      JSON.parse((await ask(closed.url, "GET", "/readyz", headers)).text);
    expect(await reasons({})).toEqual({ status: "ready" });
    expect(await reasons(bearer)).toEqual({ status: "ready", reasons: [] });
    expect((await ask(closed.url, "GET", "/api/docs")).headers.location).toBe("/sign-in?next=/api/docs");
  });

  test("an open one shows them to all, but takes no token that is unknown", async () => {
    for (const path of [...paths.slice(0, 3), "/api/docs"])
      expect([path, (await ask(product.url, "GET", path)).status]).toEqual([path, 200]);
    expect((await ask(product.url, "GET", "/metrics", { authorization: "Bearer tm_made-up" })).status).toBe(401);
  });

  test("no picture is optimised for anyone", async () => {
    for (const { url } of [product, closed]) {
      expect((await ask(url, "GET", "/_next/image?url=%2Ficon.svg&w=64&q=75")).status).toBe(404);
    }
  });
});

describe("a body of a stranger", () => {
  test("of 100 MB is refused, in chunks too, and its connection ends; meanwhile others are served", async () => {
    const { hostname, port } = new URL(product.url);
    for (const [path, status] of [
      ["/api/v1/session", 413],
      ["/status", 405],
      ["/healthz", 405],
    ] as const) {
      for (const length of ["content-length: 100000000", "transfer-encoding: chunked"]) {
        const socket = connect(Number(port), hostname);
        const closing = once(socket, "close");
        const answered = once(socket, "data") as Promise<[Buffer]>;
        socket.on("error", () => undefined);
        socket.write(
          `POST ${path} HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\n${length}\r\n\r\n`,
        );
        const text = "{},".repeat(30_000);
        socket.write(length.startsWith("content") ? text : `${text.length.toString(16)}\r\n${text}\r\n`);
        const [head] = await answered;
        expect([path, length, head.toString().split(" ")[1]]).toEqual([path, length, String(status)]);
        expect((await ask(product.url, "GET", "/healthz")).status).toBe(200);
        await closing;
      }
    }
  });
});

describe("a client that offers HTTP/2 without TLS", () => {
  test("is answered in HTTP/1.1, at pages and API, before and after Next has seen a request", async () => {
    const upgrade = {
      connection: "Upgrade, HTTP2-Settings",
      upgrade: "h2c",
      "http2-settings": "AAMAAABkAAQCAAAAAAIAAAAA",
    };
    for (const path of ["/healthz", "/sign-in", "/api/openapi.json"]) {
      const answer = await ask(product.url, "GET", path, upgrade);
      expect([path, answer.status, answer.headers.upgrade]).toEqual([path, 200, undefined]);
    }
  });

  describe.skipIf(!javac)("Java, whose client offers HTTP/2", { meta: { needs: "a JDK (javac)" } }, () => {
    const run = promisify(execFile);
    const hour = addHours(hourOf(new Date()), -1);
    const env = () => ({ ...process.env, TIDEMARK_URL: product.url, TIDEMARK_TOKEN: product.token });
    let folder: string;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "tidemark-java-"));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    async function compile(page: string, file: string, change = (code: string) => code): Promise<void> {
      const text = await readFile(join(import.meta.dirname, "../../docs", page), "utf8");
      const recipe = /```java\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
      expect(recipe).toContain("HttpClient.new");
      await writeFile(join(folder, `${file}.java`), change(recipe));
      await run("javac", [`${file}.java`], { cwd: folder });
    }

    async function send(method: string, path: string, body: object, type = "application/json"): Promise<void> {
      const headers = { authorization: `Bearer ${product.token}`, "content-type": type };
      const answer = await fetch(`${product.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    }

    const say = (type: string, data: object) => {
      const envelope = { specversion: "1.0", source: "test", id: crypto.randomUUID(), time: new Date().toISOString() };
      return send("POST", "/events", { ...envelope, type, data }, "application/cloudevents+json");
    };

    test("reports as docs/client.md has it", async () => {
      await compile("client.md", "Report", (code) => code.replaceAll("2026-11-22T13", formatHour(hour)));
      await run("java", ["Report"], { cwd: folder, env: env() });
      const { items } = await product.get<{ items: { name: string }[] }>("/event-types");
      expect(items.map(({ name }) => name)).toContain("EndSong");
    });

    test("waits at the gate as docs/consumers.md has it, until the hour is complete", async () => {
      await compile("consumers.md", "HourGate");
      const activeFrom = formatHour(addHours(hour, -1));
      await send("PUT", "/datacenters/gate", { activeFrom });
      const spec = { owner: "tests", tier: "high", activeFrom, datacenters: ["gate"], settle: "1s" };
      await send("PUT", "/event-types/Gated", spec);
      await send("PUT", "/event-types/Gated/consumers/plays", { contact: "#plays" });
      const waiting = run("java", ["HourGate", "Gated", formatHour(hour), "plays", "600"], { cwd: folder, env: env() });
      let isOver = false;
      waiting.then(
        () => (isOver = true),
        () => (isOver = true),
      );
      await until("it waits", async () => {
        if (isOver) await waiting;
        const { items } = await product.get<{ items: { hour: string }[] }>("/event-types/Gated/hours");
        return items.length > 0;
      });
      expect(isOver).toBe(false);
      for (const stage of ["produced", "delivered"]) {
        const reports = [{ eventType: "Gated", hour: formatHour(hour), events: 1_000 }];
        await say("tidemark.counters.v1", { dc: "gate", stage, reporter: `gate-${stage}`, reports });
      }
      const watermark = hourEnd(hour).toISOString();
      await say("tidemark.watermark.v1", { dc: "gate", marks: [{ eventType: "Gated", watermark }] });
      expect((await waiting).stderr).toBe("");
      // It is not let through for the lack of an answer.
      const unknown = run("java", ["HourGate", "Nope", formatHour(hour), "plays", "60"], { cwd: folder, env: env() });
      await expect(unknown).rejects.toThrow(/IllegalStateException/);
    });
  });
});

describe("headers of every answer", () => {
  const nonceOf = ({ headers }: Answer) =>
    /script-src 'self' 'nonce-([\w+/=]+)'/.exec(String(headers["content-security-policy"]))?.[1];

  test("let a page run its own scripts alone: each inline one carries the answer's nonce", async () => {
    const cookie = (await ask(product.url, "GET", "/status")).headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
    const nonces = new Set<string>();
    for (const path of ["/", "/status", "/sign-in", "/docs", "/no/such/page", "/event-types/none", "/api/docs"]) {
      const answer = await ask(product.url, "GET", path, { cookie });
      const nonce = nonceOf(answer) ?? "";
      nonces.add(nonce);
      expect([
        path,
        nonce === "",
        answer.headers["content-security-policy"]?.includes("script-src 'self' 'unsafe-inline'"),
      ]).toEqual([path, false, false]);
      const inline = [...answer.text.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>/g)].map(
        ([, attributes = ""]) => attributes,
      );
      expect([path, inline.length > 0]).toEqual([path, true]);
      for (const attributes of inline)
        expect([path, attributes]).toEqual([path, expect.stringContaining(`nonce="${nonce}"`)]);
    }
    expect(nonces.size).toBe(7);
  });

  test("forbid frames, foreign types and devices, at API, gate and refusals too; HTTPS is required where the public URL has it", async () => {
    const paths = ["/", "/api/v1/board", "/api/v1/ready", "/healthz", "/%zz", "/icon.svg"];
    for (const { url } of [product, closed]) {
      for (const path of paths) {
        const { headers } = await ask(url, "GET", path);
        expect(headers).toMatchObject({
          "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
          "x-content-type-options": "nosniff",
          "referrer-policy": "same-origin",
          "permissions-policy": expect.stringContaining("camera=()"),
        });
        expect(headers["strict-transport-security"]).toBe(url === closed.url ? "max-age=31536000" : undefined);
      }
    }
  });
});
