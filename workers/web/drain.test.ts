import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createDrain, type Drain } from "./drain.ts";

const patienceMs = 60_000;
const agent = new Agent({ keepAlive: true });
let server: Server;
let port: number;
let drain: Drain;
let held: ServerResponse[];

beforeEach(async () => {
  held = [];
  server = createServer({ keepAliveTimeout: 75_000 }, (asked, response) => {
    if (asked.url === "/held") held.push(response);
    else response.end("answered");
  });
  drain = createDrain(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => {
  agent.destroy();
  server.closeAllConnections();
});

async function ask(path: string): Promise<{ status: number | undefined; connection: string | undefined }> {
  return answerOf(request({ agent, host: "127.0.0.1", port, path }).end());
}

async function answerOf(asked: ReturnType<typeof request>) {
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  for await (const _ of answer);
  return { status: answer.statusCode, connection: answer.headers.connection };
}

test("a request on a connection that was kept is answered while the server drains, as its last", async () => {
  expect(await ask("/")).toEqual({ status: 200, connection: "keep-alive" });
  drain.begin();
  expect(await ask("/")).toEqual({ status: 200, connection: "close" });
  await drain.finish(patienceMs);
});

test("a kept connection that is used when no more are accepted is answered too", async () => {
  expect(await ask("/")).toEqual({ status: 200, connection: "keep-alive" });
  drain.begin();
  const finished = drain.finish(patienceMs);
  while (server.listening) await new Promise((resolve) => setImmediate(resolve));
  expect(await ask("/")).toEqual({ status: 200, connection: "close" });
  await finished;
});

test("a held request is answered after no more are accepted, and then its connection ends", async () => {
  const answer = ask("/held");
  await new Promise<void>((resolve) => {
    const look = setInterval(() => {
      if (held.length === 0) return;
      clearInterval(look);
      resolve();
    }, 5);
  });
  drain.begin();
  const finished = drain.finish(patienceMs);
  while (server.listening) await new Promise((resolve) => setImmediate(resolve));
  held[0]?.end("answered");
  expect(await answer).toEqual({ status: 200, connection: "close" });
  await finished;
});

test("unused connections end by themselves, and one that hangs is cut after the patience", async () => {
  await ask("/");
  const hanging = ask("/held").catch((error: NodeJS.ErrnoException) => error.code);
  await ask("/");
  drain.begin();
  await drain.finish(1_500);
  expect(await hanging).toBe("ECONNRESET");
});
