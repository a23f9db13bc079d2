import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";

// Requests that could be made to take long: bounded, and answered beside others.
let test: TestDatabase;
let api: TestApi;
let reader: string;
let responder: string;

beforeAll(async () => {
  test = await createTestDatabase();
  api = openTestApi(test.database, { now: () => new Date("2026-11-22T13:20:00Z") });
  const make = async (...scopes: string[]) => {
    const made = await api.call("POST", "/api/v1/tokens", { body: { name: scopes.join(" "), scopes } });
    return ((await made.json()) as { token: string }).token;
  };
  reader = await make("read");
  responder = await make("read", "respond");
});
afterAll(async () => {
  await api.close();
  await test.drop();
});

interface Problem {
  detail: string;
  errors?: { pointer: string; line?: number; detail: string }[];
}

async function refusal(path: string, body: unknown, token = responder): Promise<[number, Problem]> {
  const answer = await api.call("POST", `/api/v1${path}`, { body, token });
  return [answer.status, (await answer.json()) as Problem];
}

/** How often the process answers another question until `work` is answered. */
async function answeredMeanwhile(work: Promise<unknown>): Promise<number> {
  let done = false;
  const end = () => {
    done = true;
  };
  void work.then(end, end);
  let answers = 0;
  while (!done) {
    expect((await api.call("GET", "/api/v1/session", { token: null })).status).toBe(401);
    answers += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return answers;
}

// Its states multiply with what was read: as slow as an expression without backtracking gets.
const hard = `label=~"(a|b)*a(a|b){900}"`;
const route = (matchers: string[]) => ({
  receivers: [{ name: "x", channels: [] }],
  route: { receiver: "x", routes: [{ matchers, receiver: "x" }] },
});
const mixed = Array.from({ length: 4_096 }, (_, at) => ((at * 7919) % 5 < 2 ? "a" : "b")).join("");

describe("a route test", () => {
  it("of a draft answers beside others, however hard its expressions are", async () => {
    const tested = refusal("/routes/test", { labels: { label: mixed }, tree: route([hard]) });
    expect(await answeredMeanwhile(tested)).toBeGreaterThan(10);
    expect((await tested)[0]).toBe(200);
  });

  it("of a draft that would take minutes is refused with a sentence", async () => {
    const routes = Array.from({ length: 200 }, (_, at) => ({
      matchers: [`label=~"(a|b)*a(a|b){${700 + at}}"`],
      continue: true,
    }));
    const tree = { receivers: [{ name: "x", channels: [] }], route: { receiver: "x", routes } };
    const [status, { errors }] = await refusal("/routes/test", { labels: { label: mixed }, tree });
    expect([status, errors?.[0]?.pointer, errors?.[0]?.detail]).toEqual([
      400,
      "/tree",
      expect.stringContaining("at most 200,000 steps"),
    ]);
  });

  it.each([
    [
      "more than 64 labels",
      Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`l${at}`, "x"])),
      "at most 64 labels",
    ],
    ["a name of more than 255 characters", { ["x".repeat(256)]: "x" }, "1 to 255 characters"],
    ["a value of more than 4,096 characters", { x: "x".repeat(4_097) }, "at most 4,096 characters"],
  ])("with %s is 400", async (_what, labels, sentence) => {
    const [status, { detail }] = await refusal("/routes/test", { labels });
    expect([status, detail]).toEqual([400, expect.stringContaining(sentence)]);
  });

  it("says its limits in the API's description", async () => {
    const document = (await (await api.call("GET", "/api/openapi.json")).json()) as {
      components: { schemas: Record<string, { properties: Record<string, object> }> };
    };
    expect(document.components.schemas.RoutesTestRequest?.properties.labels).toMatchObject({
      maxProperties: 64,
      propertyNames: { maxLength: 255 },
      additionalProperties: { maxLength: 4_096 },
    });
  });
});

describe("who only reads", () => {
  it("tests the stored tree, but tries out no draft, silence or rule", async () => {
    expect((await refusal("/routes/test", { labels: { severity: "page" } }, reader))[0]).toBe(200);
    const drafts: [path: string, body: unknown][] = [
      ["/routes/test", { labels: {}, tree: route([]) }],
      ["/silences/preview", { matchers: ['severity="page"'] }],
      ["/backtests", { spec: { metric: "closing_delay", threshold: "80%", severity: "page" } }],
      ["/rules/deadline-near/backtest", undefined],
    ];
    for (const [path, body] of drafts) {
      expect([path, (await refusal(path, body, reader))[0]]).toEqual([path, 403]);
      expect([path, (await refusal(path, body))[0]]).toEqual([path, 200]);
    }
  });
});

describe("a caller's third heavy call at once", () => {
  it("is 429 before its body is read; other callers and other calls are answered, and so is the next once one is", async () => {
    const trees = Array.from({ length: 2 }, () =>
      refusal("/routes/test", { labels: { label: mixed }, tree: route([hard]) }),
    );
    const [status, { detail }] = await refusal("/backtests", "not even JSON");
    expect([status, detail]).toEqual([429, expect.stringContaining("under way already")]);
    expect((await refusal("/routes/test", { labels: {} }, reader))[0]).toBe(200);
    expect((await api.call("GET", "/api/v1/event-types", { token: responder })).status).toBe(200);
    for (const [answered] of await Promise.all(trees)) expect(answered).toBe(200);
    expect((await refusal("/routes/test", { labels: {} }))[0]).toBe(200);
  });
});

describe("a silence", () => {
  it.each([
    ["more than 64 matchers", Array.from({ length: 65 }, (_, at) => `l${at}="x"`), "at most 64 matchers"],
    [
      "expressions that unfold too far together",
      Array.from({ length: 20 }, (_, at) => `l${at}=~"(a|b){500}"`),
      "too many steps",
    ],
  ])("with %s is 400, as a preview too", async (_what, matchers, sentence) => {
    for (const path of ["/silences", "/silences/preview"]) {
      const [status, { errors }] = await refusal(path, { matchers, duration: "1h", reason: "x" });
      expect([path, status, errors?.[0]]).toEqual([
        path,
        400,
        { pointer: "/matchers", detail: expect.stringContaining(sentence) },
      ]);
    }
  });
});

describe("a long catalogue", () => {
  const apply = (text: string) =>
    api.call("POST", "/api/v1/catalogue?dryRun=true", { body: text, headers: { "content-type": "application/yaml" } });
  const datacenter = (at: number) =>
    `apiVersion: tidemark/v1\nkind: Datacenter\nmetadata: {name: dc-${at}}\nspec: {}\n---\n`;
  const documents = (count: number) => Array.from({ length: count }, (_, at) => datacenter(at)).join("");

  it("is read beside others", async () => {
    const applied = apply(documents(2_000));
    expect(await answeredMeanwhile(applied)).toBeGreaterThan(10);
    const { changes } = (await (await applied).json()) as { changes: unknown[] };
    expect(changes).toHaveLength(2_000);
  });

  it("with a fault says in which document and on which line", async () => {
    const text = `${documents(1_000)}apiVersion: tidemark/v1\nkind: Datacenter\nmetadata: {name: a}\nspec:\n  displayNam: x\n`;
    const { errors } = (await (await apply(text)).json()) as Problem;
    expect(errors).toEqual([{ pointer: "/1000/spec/displayNam", line: 5_005, detail: expect.any(String) }]);
  });

  it.each([
    ["more than 20,000 documents", "a: 1\n---\n".repeat(20_002), "more than 20,000 documents"],
    ["brackets without end", "[".repeat(200_000), "nested more than 100 levels deep"],
    ["a document of more than 300,000 tokens", "- a\n".repeat(200_000), "more than 300,000 tokens"],
  ])("with %s is 400", async (_what, text, sentence) => {
    const answer = await apply(text);
    expect([answer.status, ((await answer.json()) as Problem).errors?.[0]?.detail]).toEqual([
      400,
      expect.stringContaining(sentence),
    ]);
  });
});
