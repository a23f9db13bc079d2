import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { answerApi, isApiCall } from "./answer-api.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server that answers every request with what `fetch` makes of it. */
async function serve(fetch: (request: Request) => Promise<Response>): Promise<number> {
  const server = createServer((incoming, outgoing) => void answerApi(incoming, outgoing, fetch));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

interface Got {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

function ask(port: number, method: string, headers: Record<string, string> = {}, sent?: string): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, method, path: "/api/v1/things?a=b", headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
      );
    });
    asked.on("error", reject);
    asked.end(sent);
  });
}

const long = JSON.stringify({ text: "completeness ".repeat(500) });
const json = (body: string, init: ResponseInit = {}) =>
  new Response(body, { ...init, headers: { "content-type": "application/json", ...init.headers } });

test.each([
  ["/api", true],
  ["/api/docs", true],
  ["/api?x", true],
  ["/apiary", false],
  ["/", false],
])("%s is an API call: %s", (url, expected) => {
  expect(isApiCall({ url } as never)).toBe(expected);
});

test("an answer arrives with its status, its headers and every cookie", async () => {
  const port = await serve(async ({ method, url, headers }) => {
    const said = json(JSON.stringify([method, new URL(url).search, headers.get("x-one")]), { status: 201 });
    said.headers.append("set-cookie", "a=1");
    said.headers.append("set-cookie", "b=2");
    return said;
  });
  const { status, headers, body } = await ask(port, "POST", { "x-one": "1" }, "{}");
  expect([status, headers["set-cookie"], headers["content-length"]]).toEqual([201, ["a=1", "b=2"], "19"]);
  expect(body.toString()).toBe('["POST","?a=b","1"]');
});

test("a long answer is compressed for whoever accepts gzip, and for no one else", async () => {
  const port = await serve(async () => json(long, { headers: { etag: '"1"' } }));
  const packed = await ask(port, "GET", { "accept-encoding": "br, gzip;q=0.8" });
  expect([packed.headers["content-encoding"], packed.headers.vary, packed.headers.etag]).toEqual([
    "gzip",
    "Accept-Encoding",
    '"1"',
  ]);
  expect(gunzipSync(packed.body).toString()).toBe(long);
  expect(packed.body.byteLength).toBe(Number(packed.headers["content-length"]));
  for (const accepted of ["identity", "gzip;q=0", "x-gzipped", "br"]) {
    const plain = await ask(port, "GET", { "accept-encoding": accepted });
    expect([accepted, plain.headers["content-encoding"], plain.headers.vary]).toEqual([
      accepted,
      undefined,
      "Accept-Encoding",
    ]);
    expect(plain.body.toString()).toBe(long);
  }
});

test("short answers, pictures and what is compressed already are sent as they are", async () => {
  const answers = [
    json("{}"),
    new Response("x".repeat(5_000), { headers: { "content-type": "image/png" } }),
    json(long, { headers: { "content-encoding": "br" } }),
  ];
  const port = await serve(async () => answers.shift() as Response);
  const encodings: unknown[] = [];
  for (let at = 0; at < 3; at += 1) {
    const { headers } = await ask(port, "GET", { "accept-encoding": "gzip" });
    encodings.push(headers["content-encoding"]);
  }
  expect(encodings).toEqual([undefined, undefined, "br"]);
});

test("HEAD, 204 and 304 have no body and promise none", async () => {
  const answers = [json(""), new Response(null, { status: 204 }), new Response(null, { status: 304 })];
  const port = await serve(async () => answers.shift() as Response);
  for (const [method, status] of [
    ["HEAD", 200],
    ["DELETE", 204],
    ["GET", 304],
  ] as const) {
    const got = await ask(port, method, { "accept-encoding": "gzip" });
    expect([got.status, got.body.byteLength, got.headers["content-length"]]).toEqual([status, 0, undefined]);
  }
});

test("an event stream is passed on piece by piece, and ends at its source when the reader leaves", async () => {
  const ended = Promise.withResolvers<string>();
  const port = await serve(async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (source) => source.enqueue(Buffer.from("data: 1\n\n")),
      cancel: () => ended.resolve("cancelled"),
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  });
  const first = await new Promise<string>((resolve) => {
    const asked = request({ host: "127.0.0.1", port, path: "/api/v1/changes" }, (answer) => {
      answer.once("data", (chunk: Buffer) => {
        resolve(`${answer.headers["content-encoding"] ?? "plain"} ${chunk}`);
        asked.destroy();
      });
    });
    asked.on("error", () => undefined);
    asked.end();
  });
  expect(first).toBe("plain data: 1\n\n");
  expect(await ended.promise).toBe("cancelled");
});
