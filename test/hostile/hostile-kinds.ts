import { randomBytes } from "node:crypto";
import { type ClientRequest, type OutgoingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Tokens that an attacker has come by. */
export interface StolenTokens {
  ingest: string;
  read: string;
  respond: string;
  write: string;
}

/** One hostile client: where it attacks, and the address that it comes from. */
export interface Hostile {
  readonly port: number;
  /** An address of its own on loopback, where the machine has more than one. */
  readonly localAddress: string | undefined;
  readonly tokens: StolenTokens;
  /** Aborted when the attack ends. */
  readonly signal: AbortSignal;
}

/** One attack: the answer's status, or why there is none. */
export type Attack = (client: Hostile) => Promise<string>;

/** A connection that is neither answered nor cut is given up after so long. */
const patienceMs = 20_000;
const mebibyte = 1024 ** 2;

interface Asked {
  method?: string;
  path: string;
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
  send?: Send;
}

/** Writes the body. */
type Send = (to: ClientRequest, client: Hostile) => Promise<void>;

const json = { "content-type": "application/json" };
const batch = { "content-type": "application/cloudevents-batch+json" };
const yaml = { "content-type": "application/yaml" };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const madeUp = () => `tm_${randomBytes(32).toString("base64url")}`;
const pick = <Of>(list: readonly Of[]): Of => list[Math.floor(Math.random() * list.length)] as Of;

async function ask(client: Hostile, { method = "POST", path, headers = {}, body, send }: Asked): Promise<string> {
  const { port, localAddress, signal } = client;
  const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
  const asked = request({
    ...{ host: "127.0.0.1", port, method, path, agent: false, signal },
    ...(localAddress === undefined ? {} : { localAddress }),
    headers: { connection: "keep-alive", ...headers, ...length },
  });
  const answered = new Promise<string>((resolve) => {
    asked.once("response", (answer) => {
      answer.on("error", () => undefined).resume();
      answer.once("close", () => resolve(String(answer.statusCode)));
    });
    asked.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
  const patience = sleep(patienceMs, "no answer", { signal, ref: false }).catch(() => "attack over");
  if (send) await Promise.race([send(asked, client), answered, patience]);
  if (!asked.destroyed) asked.end(body);
  const status = await Promise.race([answered, patience]);
  asked.destroy();
  return status;
}

/** Bytes that need not be HTTP; the first line that comes back. */
function shout(client: Hostile, pieces: readonly (string | Buffer)[], everyMs = 0): Promise<string> {
  const { port, localAddress, signal } = client;
  return new Promise((resolve) => {
    const socket = connect({
      ...{ host: "127.0.0.1", port },
      ...(localAddress === undefined ? {} : { localAddress }),
    });
    const end = (said: string) => {
      signal.removeEventListener("abort", cut);
      clearTimeout(timer);
      resolve(said);
      socket.destroy();
    };
    const cut = () => end("attack over");
    const timer = setTimeout(() => end("no answer"), patienceMs);
    signal.addEventListener("abort", cut, { once: true });
    socket.on("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    socket.once("close", () => end("cut"));
    socket.once("data", (data) => end(/^HTTP\/1\.1 (\d{3})/.exec(data.toString("latin1"))?.[1] ?? "not HTTP"));
    socket.once("connect", async () => {
      for (const piece of pieces) {
        if (socket.destroyed) return;
        socket.write(piece);
        if (everyMs > 0) await sleep(everyMs);
      }
    });
  });
}

/** A declared or chunked body of 100 MiB, as fast as it is taken. */
function flood(declared: boolean): Send {
  const piece = Buffer.from(`"k":"${"x".repeat(65_536)}",`);
  return async (to, { signal }) => {
    if (declared) to.setHeader("content-length", 100 * mebibyte);
    to.setMaxListeners(0);
    for (let sent = 0; sent < 100 * mebibyte && !to.destroyed && !signal.aborted; sent += piece.length) {
      if (to.write(piece)) continue;
      await new Promise<void>((resolve) => {
        for (const event of ["drain", "close"]) to.once(event, () => resolve());
      });
    }
  };
}

const trickle: Send = async (to, { signal }) => {
  to.setHeader("content-length", 1_000);
  for (let sent = 0; sent < 999 && !to.destroyed && !signal.aborted; sent += 1) {
    to.write("a");
    await sleep(500);
  }
};

const mixed = Array.from({ length: 4_096 }, (_, at) => ((at * 7919) % 5 < 2 ? "a" : "b")).join("");
/** As slow as an expression without backtracking gets, in so many routes. */
function hardTree(routes: number): object {
  const each = Array.from({ length: routes }, (_, at) => ({
    ...{ matchers: [`severity=~"(a|b)*a(a|b){${800 + at}}"`], receiver: "x", continue: true },
  }));
  return { receivers: [{ name: "x", channels: [] }], route: { receiver: "x", routes: each } };
}
const hardTest = JSON.stringify({ labels: { severity: mixed }, tree: hardTree(50) });
const hardSilence = JSON.stringify({
  matchers: [`severity=~"(a|b)*a(a|b){900}"`, `eventType=~"(.*)*${"x?".repeat(900)}"`],
});
const backtest = JSON.stringify({ spec: { metric: "closing_delay", threshold: "80%", severity: "page" } });

const aliases = (depth: number) =>
  `a0: &a0 [x]\n${Array.from({ length: depth }, (_, at) => `a${at + 1}: &a${at + 1} [${Array.from({ length: 9 }, () => `*a${at}`).join(", ")}]\n`).join("")}`;
const bombs = [
  aliases(12),
  `[${"{a: 1}, ".repeat(mebibyte / 8)}]`,
  "a: [\n".repeat(mebibyte / 5),
  "[".repeat(200_000),
  `apiVersion: tidemark/v1\nkind: EventType\nmetadata: {name: x}\nspec: {owner: x, tier: high}\n---\n`.repeat(
    mebibyte / 96,
  ),
];

const faulty = (at: number) => ({
  ...{ specversion: "1.0", type: "tidemark.counters.v1", source: "/junk", id: `junk-${at}`, time: "yesterday" },
  data: {
    dc: "",
    stage: "lost",
    reporter: 7,
    reports: Array.from({ length: 20 }, () => ({ eventType: 1, events: -1 })),
  },
});
const junkBatches = [
  JSON.stringify(Array.from({ length: 1_000 }, () => ({ specversion: "1.0", type: "x" }))),
  JSON.stringify(Array.from({ length: 1_000 }, (_, at) => faulty(at))),
  "x".repeat(65_536),
  `[${"[".repeat(30_000)}`,
];

/** Every kind of hostile client; each repeats its attack without a pause. */
export const hostileKinds: Readonly<Record<string, Attack>> = {
  "slow body": (client) => ask(client, { path: "/api/v1/session", headers: json, send: trickle }),
  "slow headers": (client) =>
    shout(client, ["GET / HTTP/1.1\r\n", ...Array.from({ length: 60 }, (_, at) => `x-${at}: 1\r\n`)], 500),
  "huge body, declared": (client) =>
    ask(client, { path: pick(["/api/v1/session", "/api/v1/events"]), headers: json, send: flood(true) }),
  "huge body, in chunks": (client) =>
    ask(client, { path: pick(["/api/v1/session", "/status", "/api/v1/events"]), headers: json, send: flood(false) }),
  "malformed requests": (client) =>
    shout(client, [
      pick([
        randomBytes(512),
        "GET / HTTP/9.9\r\n\r\n",
        "POST /api/v1/events HTTP/1.1\r\nhost: 127.0.0.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcdef",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\0b\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      ]),
    ]),
  "no token": (client) =>
    pick([true, false])
      ? ask(client, { path: "/api/v1/events", headers: batch, body: junkBatches[0] ?? "" })
      : ask(client, { method: "GET", path: "/api/v1/board" }),
  "made-up tokens": (client) =>
    pick([true, false])
      ? ask(client, { path: "/api/v1/events", headers: { ...batch, ...bearer(madeUp()) }, body: junkBatches[0] ?? "" })
      : ask(client, { method: "GET", path: "/api/v1/board", headers: bearer(madeUp()) }),
  "sign-in guesses": (client) =>
    ask(client, { path: "/api/v1/session", headers: json, body: JSON.stringify({ token: madeUp() }) }),
  "expensive route tests": (client) =>
    ask(client, {
      path: "/api/v1/routes/test",
      headers: { ...json, ...bearer(client.tokens.respond) },
      body: hardTest,
    }),
  "expensive silence previews": (client) =>
    ask(client, {
      ...{ path: "/api/v1/silences/preview", headers: { ...json, ...bearer(client.tokens.respond) } },
      body: hardSilence,
    }),
  backtests: (client) =>
    ask(client, { path: "/api/v1/backtests", headers: { ...json, ...bearer(client.tokens.respond) }, body: backtest }),
  "YAML bombs": (client) =>
    ask(client, {
      ...{ path: "/api/v1/catalogue?dryRun=true", headers: { ...yaml, ...bearer(client.tokens.write) } },
      body: pick(bombs),
    }),
  "event streams": (client) =>
    ask(client, { method: "GET", path: "/api/v1/changes", headers: bearer(client.tokens.read) }),
  "junk batches": (client) =>
    ask(client, {
      path: pick(["/api/v1/events", "/api/v1/events?partial=true"]),
      ...{ headers: { ...batch, ...bearer(client.tokens.ingest) }, body: pick(junkBatches) },
    }),
  "odd methods": (client) =>
    ask(client, {
      method: pick(["TRACE", "PROPFIND", "PATCH", "PURGE", "DELETE"]),
      path: pick(["/", "/healthz", "/api/v1/board", "/metrics"]),
    }),
  "h2c upgrades": (client) =>
    ask(client, {
      ...{ method: "GET", path: pick(["/", "/healthz", "/api/openapi.json"]) },
      headers: { connection: "Upgrade, HTTP2-Settings", upgrade: "h2c", "http2-settings": "AAMAAABkAAQCAAAAAAIAAAAA" },
    }),
  "percent-encoding": (client) =>
    ask(client, {
      ...{ method: "GET" },
      path: pick([
        "/%zz",
        "/api/v1/event-types/%ff",
        "/api/v1/board?x=%",
        `/${"%25".repeat(2_000)}`,
        "/api/v1/%2e%2e/",
      ]),
    }),
  "header floods": (client) =>
    shout(client, [
      `GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n${pick([`x: ${"y".repeat(40_000)}\r\n`, "a: b\r\n".repeat(3_000)])}\r\n`,
    ]),
};
