// What requests of strangers, and heavy requests of those who may make them, cost everybody else: how long each takes, and the longest that
// a probe of the same process waits meanwhile. docs/security.md has the figures.
import { once } from "node:events";
import { Agent, type ClientRequest, type OutgoingHttpHeaders, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { describeMachine, formatTable } from "./machine.ts";
import { startBenchPostgres } from "./postgres.ts";
import { startWebProcess, type WebProcess } from "./web-process.ts";

const port = 3955;
const probeEveryMs = 10;
/** A slow sender is given up after so long. */
const patienceMs = 30_000;
const mebibyte = 1024 ** 2;

interface Asked {
  method?: string;
  path: string;
  headers?: OutgoingHttpHeaders;
  /** Sends the body; does nothing for none. */
  send?(to: ClientRequest): void | Promise<void>;
}

interface Case extends Asked {
  title: string;
  /** So many at once, one after the other on each of as many connections. */
  times?: { at: number; rounds: number };
}

/** The answer's status, or why there is none. */
async function ask({ method = "POST", path, headers = {}, send }: Asked): Promise<string> {
  // Kept alive, as most clients ask: the rest of a refused body is then dropped, and the answer can be read.
  const sent = { connection: "keep-alive", ...headers };
  const asked = request({ host: "127.0.0.1", port, method, path, headers: sent, agent: false });
  const answered = new Promise<string>((resolve) => {
    asked.once("response", (answer) => {
      answer.resume();
      resolve(String(answer.statusCode));
    });
    asked.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
  const patience = sleep(patienceMs, "none");
  if (send) await Promise.race([send(asked), answered, patience]);
  if (!asked.destroyed) asked.end();
  const status = await Promise.race([answered, patience]);
  asked.destroy();
  return status;
}

/** Asks `/healthz` until `work` is done; the longest wait, in milliseconds. */
async function longestWait(work: Promise<unknown>): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  let done = false;
  const end = () => {
    done = true;
  };
  void work.then(end, end);
  let longest = 0;
  while (!done) {
    const startedAtMs = performance.now();
    const probe = request({ host: "127.0.0.1", port, path: "/healthz", agent });
    probe.end();
    const [answer] = await once(probe, "response");
    answer.resume();
    await once(answer, "end");
    longest = Math.max(longest, performance.now() - startedAtMs);
    await sleep(probeEveryMs);
  }
  agent.destroy();
  return longest;
}

const body =
  (text: string | Buffer) =>
  (to: ClientRequest): void => {
    to.setHeader("content-length", Buffer.byteLength(text));
    to.write(text);
  };

/** A sign-in with members that it does not have: each is a fault to be listed. In lines of equal length, so that the whole can be declared. */
const memberLine = (at: number) => `"k${String(at).padStart(9, "0")}":1,`;
const linesOfPiece = 65_536;
const pieceBytes = linesOfPiece * memberLine(0).length;
const opening = `{"token":"x",`;
const closing = `"end":1}`;

/** About so many mebibytes, as fast as they are taken. */
const flood =
  (mebibytes: number, { declared }: { declared: boolean }) =>
  async (to: ClientRequest): Promise<void> => {
    const pieces = Math.floor((mebibytes * mebibyte) / pieceBytes);
    if (declared) to.setHeader("content-length", opening.length + pieces * pieceBytes + closing.length);
    to.setMaxListeners(0);
    to.write(opening);
    for (let sent = 0; sent < pieces && !to.destroyed; sent += 1) {
      const lines = Array.from({ length: linesOfPiece }, (_, at) => memberLine(sent * linesOfPiece + at));
      if (to.write(lines.join(""))) continue;
      await new Promise<void>((resolve) => {
        for (const event of ["drain", "close"]) to.once(event, resolve);
      });
    }
    to.write(closing);
  };

async function trickle(to: ClientRequest): Promise<void> {
  to.setHeader("content-length", 1_000);
  for (let sent = 0; sent < 999 && !to.destroyed; sent += 1) {
    to.write("a");
    await sleep(500);
  }
}

/** As slow as an expression without backtracking gets: its states multiply with what was read. In so many routes. */
function routesTest(labelBytes: number, routes: number): string {
  const each = Array.from({ length: routes }, (_, at) => ({
    matchers: [`severity=~"(a|b)*a(a|b){${850 + at}}"`],
    receiver: "x",
    continue: true,
  }));
  const tree = { receivers: [{ name: "x", channels: [] }], route: { receiver: "x", routes: each } };
  const label = Array.from({ length: labelBytes }, (_, at) => ((at * 7919) % 5 < 2 ? "a" : "b")).join("");
  return JSON.stringify({ labels: { severity: label }, tree });
}

const flow = () => `[${"{a: 1}, ".repeat(mebibyte / 8)}]`;
const block = () => "- a\n".repeat(mebibyte / 4);
const faults = () => "a: [\n".repeat(mebibyte / 5);
const documents = () =>
  `apiVersion: tidemark/v1\nkind: EventType\nmetadata: {name: x}\nspec: {owner: x, tier: high}\n---\n`.repeat(
    mebibyte / 96,
  );

function casesOf(token: string): Case[] {
  const json = { "content-type": "application/json" };
  const known = { authorization: `Bearer ${token}` };
  const visitor = { "sec-fetch-site": "same-origin" };
  const yaml = { ...known, "content-type": "application/yaml" };
  const events = { ...known, "content-type": "application/cloudevents-batch+json" };
  const catalogue = "/api/v1/catalogue?dryRun=true";
  const junk = JSON.stringify(Array.from({ length: 1_000 }, () => ({ specversion: "1.0", type: "x" })));
  return [
    {
      title: "sign-in, 100 MiB declared",
      path: "/api/v1/session",
      headers: json,
      send: flood(100, { declared: true }),
    },
    {
      title: "sign-in, 100 MiB in chunks",
      path: "/api/v1/session",
      headers: json,
      send: flood(100, { declared: false }),
    },
    { title: "sign-in, two bytes a second", path: "/api/v1/session", headers: json, send: trickle },
    { title: "a page, 100 MiB in chunks", path: "/status", send: flood(100, { declared: false }) },
    {
      title: "route test of a visitor, a label of 1 MiB, 4 routes",
      path: "/api/v1/routes/test",
      headers: { ...json, ...visitor },
      send: body(routesTest(mebibyte, 4)),
    },
    {
      title: "route test with a token, a label of 1 MiB, 4 routes",
      path: "/api/v1/routes/test",
      headers: { ...json, ...known },
      send: body(routesTest(mebibyte, 4)),
    },
    {
      title: "route test with a token, a label of 4 KiB, 4 routes",
      path: "/api/v1/routes/test",
      headers: { ...json, ...known },
      send: body(routesTest(4096, 4)),
    },
    { title: "1 MiB of YAML: one flow list", path: catalogue, headers: yaml, send: body(flow()) },
    { title: "1 MiB of YAML: one block list", path: catalogue, headers: yaml, send: body(block()) },
    { title: "1 MiB of YAML: a fault in each line", path: catalogue, headers: yaml, send: body(faults()) },
    { title: "1 MiB of YAML: 116,508 documents", path: catalogue, headers: yaml, send: body(documents()) },
    {
      title: "1,000 junk batches of 1,000 events, 20 at once",
      path: "/api/v1/events",
      headers: events,
      send: body(junk),
      times: { at: 20, rounds: 50 },
    },
    {
      title: "2,000 junk bodies of 64 KiB, 20 at once",
      path: "/api/v1/events",
      headers: events,
      send: body("x".repeat(65_536)),
      times: { at: 20, rounds: 100 },
    },
  ];
}

async function measure(web: WebProcess): Promise<(string | number)[][]> {
  const page = await fetch(`http://127.0.0.1:${port}/status`);
  const cookie = page.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  await page.text();
  const rows: (string | number)[][] = [];
  for (const { title, times = { at: 1, rounds: 1 }, ...asked } of casesOf(web.token)) {
    const withCookie = asked.headers?.["sec-fetch-site"] ? { ...asked, headers: { ...asked.headers, cookie } } : asked;
    const startedAtMs = performance.now();
    const work = Promise.all(
      Array.from({ length: times.at }, async () => {
        const answers = new Set<string>();
        for (let round = 0; round < times.rounds; round += 1) answers.add(await ask(withCookie));
        return [...answers];
      }),
    );
    const longest = await longestWait(work);
    const answers = [...new Set((await work).flat())].join(", ");
    rows.push([title, answers, Math.round(performance.now() - startedAtMs), Math.round(longest)]);
    process.stderr.write(`${rows.at(-1)?.join(" | ")}\n`);
  }
  return rows;
}

const postgres = await startBenchPostgres();
const web = await startWebProcess(postgres.url, port);
try {
  const rows = await measure(web);
  process.stdout.write(`${describeMachine()}; milliseconds\n\n`);
  process.stdout.write(
    `${formatTable(["what is sent", "answer", "until the answer", "longest wait of a probe"], rows)}\n`,
  );
} finally {
  await web.stop();
  await postgres.stop();
}
