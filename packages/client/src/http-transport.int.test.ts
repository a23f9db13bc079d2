import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { httpTransport, openReporter, Refused, Unreachable } from "./index.ts";
import type { CloudEvent } from "./messages.ts";

interface Request {
  atMs: number;
  url: string;
  events: CloudEvent[];
}

let requests: Request[];
let answer: (response: ServerResponse, request: Request) => void;
let url: string;
let stop: () => void;

beforeEach(async () => {
  requests = [];
  const server = createServer(async (incoming, response) => {
    const body = Buffer.concat(await incoming.toArray());
    const request = {
      atMs: performance.now(),
      url: incoming.url ?? "",
      events: JSON.parse(gunzipSync(body).toString()),
    };
    requests.push(request);
    answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = () => {
    server.closeAllConnections();
    server.close();
  };
});
afterEach(() => stop());

const problem = (response: ServerResponse, status: number, errors: object[], headers = {}) =>
  response
    .writeHead(status, { "content-type": "application/problem+json", ...headers })
    .end(JSON.stringify({ errors }));
const event = { specversion: "1.0", type: "tidemark.heartbeat.v1", source: "/lon/a", id: "1" } as CloudEvent;
const sent = () =>
  httpTransport({ url, token: "t" })
    .send([event])
    .then(
      () => null,
      (error: unknown) => error,
    );

describe("an answer", () => {
  test.each([400, 413, 422])("of %i is about what was sent: the same would be refused again", async (status) => {
    answer = (response) => problem(response, status, [{ pointer: "/3/data/reports/7/events", detail: "must be less" }]);
    const error = await sent();
    expect(error).toBeInstanceOf(Refused);
    expect(error).toMatchObject({
      faults: [{ event: 3, pointer: "/data/reports/7/events", detail: "must be less", retryAfterMs: null }],
      othersTaken: false,
    });
  });

  test.each([401, 403, 404, 408, 415, 429, 500, 503])(
    "of %i alone is about the way there: it is tried again",
    async (status) => {
      answer = (response) => response.writeHead(status, { "retry-after": "7" }).end("<html>no</html>");
      const error = await sent();
      expect(error).toBeInstanceOf(Unreachable);
      expect(error).toMatchObject({ retryAfterMs: 7_000 });
    },
  );

  test("in part says of each event by itself whether it is refused for good or for now", async () => {
    const faults = [{ pointer: "/data/reports/2/eventType", detail: "no" }];
    const refused = [400, 403, 429].map((status, index) => ({ index, status, faults }));
    answer = (response) =>
      response.writeHead(207, { "retry-after": "60" }).end(JSON.stringify({ accepted: 1, refused }));
    const error = await sent();
    expect(error).toMatchObject({ name: "Refused", othersTaken: true });
    const { faults: found } = error as Refused;
    expect(found.map(({ event, retryAfterMs }) => [event, retryAfterMs])).toEqual([
      [0, null],
      [1, 600_000],
      [2, 60_000],
    ]);
    expect(requests[0]?.url).toBe("/api/v1/events?partial=true");
  });

  test("in part of which nothing is refused is one that took all", async () => {
    answer = (response) => response.writeHead(207).end('{"accepted":1,"refused":[]}');
    expect(await sent()).toBeNull();
  });

  test("in part that is another's is none", async () => {
    answer = (response) => response.writeHead(207).end("<multistatus/>");
    expect(await sent()).toBeInstanceOf(Unreachable);
  });

  test.each([
    [403, 600_000],
    [429, 60_000],
  ])("of %i that names what is meant holds that back alone", async (status, retryAfterMs) => {
    answer = (response) =>
      problem(response, status, [{ pointer: "/0/data/reports/2/eventType", detail: "not yours" }], {
        "retry-after": "60",
      });
    const error = await sent();
    expect(error).toMatchObject({
      name: "Refused",
      faults: [{ event: 0, pointer: "/data/reports/2/eventType", retryAfterMs }],
    });
  });

  test("of 200 is no 202: a gateway's page that says so has taken nothing", async () => {
    answer = (response) => response.writeHead(200).end("<html>Sign in</html>");
    expect(await sent()).toBeInstanceOf(Unreachable);
  });

  test("that leads elsewhere is not followed: whoever reads the error sees where", async () => {
    answer = (response) => response.writeHead(302, { location: "https://login.example.com/" }).end();
    expect(await sent()).toMatchObject({
      name: "Unreachable",
      message: expect.stringContaining("https://login.example.com/"),
    });
  });

  test("that never ends is given up in time", async () => {
    answer = (response) => response.writeHead(202).write("{");
    const error = await httpTransport({ url, token: "t", timeoutMs: 100 })
      .send([event])
      .catch((each: unknown) => each);
    expect(error).toBeInstanceOf(Unreachable);
  });
});

test("an answer that asks for patience is obeyed, and one of 0 s is not asked again at once", async () => {
  answer = (response) => {
    const after = ["1", "0"][requests.length - 1];
    if (after === undefined) response.writeHead(202).end("{}");
    else response.writeHead(requests.length === 1 ? 429 : 503, { "retry-after": after }).end();
  };
  const errors: Error[] = [];
  const onError = (error: Error) => errors.push(error);
  const reporter = await openReporter({
    dc: "lon",
    reporter: "svc",
    transport: httpTransport({ url, token: "t" }),
    onError,
  });
  reporter.count("EndSong", { stage: "produced", at: new Date() });
  await reporter.flush();
  await reporter.close();
  const waits = requests.slice(1).map(({ atMs }, index) => atMs - (requests[index]?.atMs ?? 0));
  expect(waits[0]).toBeGreaterThanOrEqual(990);
  expect(waits[1]).toBeGreaterThanOrEqual(490);
  expect(errors.map(({ name }) => name)).toEqual(["Unreachable", "Unreachable"]);
});
