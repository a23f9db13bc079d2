import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { openDatabase } from "#server/db/database.ts";
import { openTestApi } from "#test/test-api.ts";

// Opened, never connected: the documents are made from the routes alone.
const database = openDatabase("postgres://nobody:x@127.0.0.1:1/none");
const api = openTestApi(database, { now: () => new Date("2026-11-22T13:00:00Z") });
afterAll(() => database.close());

interface Linted {
  totals: { errors: number; warnings: number };
  problems: { ruleId: string; message: string; location: { pointer?: string }[] }[];
}

async function lint(document: unknown): Promise<Linted> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-openapi-"));
  try {
    await writeFile(join(folder, "openapi.json"), JSON.stringify(document));
    const cli = join(import.meta.dirname, "../../node_modules/@redocly/cli/bin/cli.js");
    const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true", CI: "true" };
    const args = [cli, "lint", "openapi.json", "--extends=recommended", "--format=json"];
    // Exit code 1 says that there are faults; the report is on stdout either way.
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, env }).catch((error) => error);
    return JSON.parse(stdout) as Linted;
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Schema {
  type?: string | string[];
  properties?: Record<string, unknown>;
}

interface Described {
  components: { schemas: Record<string, Schema> };
  webhooks: Record<string, unknown>;
}

const typing = ["$ref", "type", "enum", "const", "anyOf", "oneOf", "allOf"];

/** Pointers of schemas that say nothing of what they describe: none at all, or an object without members. */
function untyped(value: unknown, at = "", isSchema = false): string[] {
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value);
  const isBare =
    "type" in value && value.type === "object" && !("properties" in value || "additionalProperties" in value);
  const own = isSchema && (isBare || !typing.some((key) => key in value)) ? [at] : [];
  const isList = at.endsWith("/anyOf") || at.endsWith("/oneOf") || at.endsWith("/allOf");
  const isMap = at.endsWith("/properties") || at === "/components/schemas";
  const below = entries.filter(([key]) => isMap || !["example", "examples", "default"].includes(key));
  return own.concat(
    below.flatMap(([key, each]) => {
      const isOne = isMap || isList || ["schema", "items", "additionalProperties"].includes(key);
      return untyped(each, `${at}/${key}`, isOne);
    }),
  );
}

describe("the OpenAPI document", () => {
  it("passes Redocly's recommended rules, warnings too", { timeout: 60_000 }, async () => {
    const document = await (await api.call("GET", "/api/openapi.json", { token: null })).json();
    const { problems } = await lint(document);
    expect(problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`)).toEqual(
      [],
    );
  });

  it("would not pass with a fault in it", { timeout: 60_000 }, async () => {
    const document = (await (await api.call("GET", "/api/openapi.json", { token: null })).json()) as {
      paths: Record<string, { get: { responses: object } }>;
    };
    Object.assign(document.paths["/api/v1/tokens"]?.get ?? {}, {
      responses: { 200: { $ref: "#/components/responses/Nothing" } },
    });
    expect((await lint(document)).totals.errors).toBeGreaterThan(0);
  });

  it("describes every body, answer and webhook down to its last member", async () => {
    const document = (await (await api.call("GET", "/api/openapi.json", { token: null })).json()) as Described;
    expect(untyped(document)).toEqual([]);
    expect(Object.keys(document.webhooks)).toEqual(["consumer", "alert"]);
    expect(
      untyped({ answer: { schema: { type: "object", properties: { spec: {}, rest: { type: "object" } } } } }),
    ).toEqual(["/answer/schema/properties/spec", "/answer/schema/properties/rest"]);
  });

  it("has no component that may be null, and no name for two schemas", async () => {
    const { components } = (await (await api.call("GET", "/api/openapi.json", { token: null })).json()) as Described;
    expect(Object.keys(components.schemas).filter((name) => components.schemas[name]?.type?.includes("null"))).toEqual(
      [],
    );
    expect(components.schemas.Accepted?.properties).toHaveProperty("reason");
    expect(components.schemas.AcceptedEvents?.properties).toHaveProperty("accepted");
  });

  it("can be read as a page that loads everything from this server", async () => {
    const page = await (await api.call("GET", "/api/docs", { token: null })).text();
    expect(page).not.toMatch(/<link|src=|@import|url\(/);
    const paths = [...page.matchAll(/"(\/api\/[^"]+)"/g)].map(([, path = ""]) => path);
    expect(paths).toEqual(["/api/docs/redoc.js", "/api/openapi.json"]);
    const [redoc = "", document = ""] = await Promise.all(
      paths.map(async (path) => (await api.call("GET", path, { token: null })).text()),
    );
    expect(redoc).toMatch(/export\{[^}]*init\}/);
    expect(document).toContain("`invalid` | 400");
    expect(document).toContain('"createToken"');
  });
});
