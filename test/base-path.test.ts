import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { readConfig } from "#server/config.ts";
import { sessionCookieName } from "#server/http/session-cookie.ts";
import { withBasePath, withoutBasePath } from "#server/settings/base-path.ts";

const root = join(import.meta.dirname, "..");
/** What asks for an address by itself, without Next's links and router. */
const askers = ["fetch", "EventSource", "preload", "assign", "replace"];

/** Addresses in a file that would miss the base path: `<a href>`, `<img src>`, `<form action>`, fetch and its like without withBase. */
function unbasedIn(name: string, text: string): string[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const say = (node: ts.Node) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${name}:${line + 1} ${node.getText().slice(0, 80)}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) visitTag(node);
    const called = ts.isCallExpression(node) || ts.isNewExpression(node) ? node : null;
    const callee = called?.expression.getText().split(".").at(-1) ?? "";
    const argument = called?.arguments?.[0];
    if (askers.includes(callee) && argument && isSitePath(argument) && !isRouter(called)) say(node);
    if (ts.isPropertyAssignment(node) && node.name.getText() === "baseUrl" && isSitePath(node.initializer)) say(node);
    ts.forEachChild(node, visit);
  };
  const visitTag = (tag: ts.JsxOpeningElement | ts.JsxSelfClosingElement) => {
    const attributes = tag.attributes.properties.filter(ts.isJsxAttribute);
    const attributeOf = (attribute: string) =>
      attributes.find((each) => each.name.getText() === attribute)?.initializer;
    const isPlain = ["a", "img"].includes(tag.tagName.getText()) || attributeOf("component")?.getText() === '"a"';
    const address = attributeOf("href") ?? attributeOf("src");
    const action = attributeOf("action");
    // An action may be a function, too.
    if (action && isSitePath(ts.isJsxExpression(action) ? (action.expression ?? action) : action)) say(tag);
    if (!isPlain || !address) return;
    const value = ts.isJsxExpression(address) ? address.expression : address;
    if (value && !isBased(value)) say(tag);
  };
  visit(source);
  return found;
}

const isBased = (value: ts.Node) =>
  ts.isStringLiteral(value) ? !value.text.startsWith("/") : /^(withBase|URL\.createObjectURL)\(/.test(value.getText());
const isSitePath = (value: ts.Node) => /^["'`]\/(?!\/)/.test(value.getText());
const isRouter = (call: ts.Node | null) => /router\.(push|replace)/.test(call?.getText() ?? "");

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: they are the code that is looked for
describe("below a base path", () => {
  test("every address that Next does not complete itself is given the base path", async () => {
    const found: string[] = [];
    for await (const file of glob("{app,components}/**/*.{ts,tsx}", { cwd: root })) {
      if (!file.includes(".test.")) found.push(...unbasedIn(file, readFileSync(join(root, file), "utf8")));
    }
    expect(found, "use withBase of components/api/base-path.ts").toEqual([]);
  });

  test.each([
    ['<a href="/docs">x</a>', 1],
    ["<a href={runbook}>x</a>", 1],
    ['<Button component="a" href={`/api/${x}`} />', 1],
    ['<form action="/alerts">x</form>', 1],
    ['fetch("/api/v1/session")', 1],
    ["new EventSource(`/api/v1/changes`)", 1],
    ['window.location.assign("/sign-in")', 1],
    ['createClient({ baseUrl: "/api/v1" })', 1],
    ['<a href={withBase("/docs")}>x</a>', 0],
    ['<form action={withBase("/alerts")}>x</form>', 0],
    ['<a href="#content">x</a>', 0],
    ['<Link href="/docs">x</Link>', 0],
    ['router.replace("/docs")', 0],
  ])("%s: %i found", (text, count) => {
    expect(unbasedIn("planted.tsx", text)).toHaveLength(count);
  });

  test.each([
    ["/tidemark", "/"],
    ["/tidemark?a=1", "/?a=1"],
    ["/tidemark/status?a=1", "/status?a=1"],
    ["/tidemarks", "/tidemarks"],
    ["/status", "/status"],
  ])("%s is asked for as %s", (target, path) => {
    expect(withoutBasePath(target, "/tidemark")).toBe(path);
  });

  test("cookies of two Tidemarks on one host have different names", () => {
    const names = ["https://example.com/blue", "https://example.com/green", "https://example.com"].map((publicUrl) =>
      sessionCookieName({ publicUrl }),
    );
    expect(names).toEqual(["__Host-tidemark_session_blue", "__Host-tidemark_session_green", "__Host-tidemark_session"]);
    expect(sessionCookieName({ publicUrl: "http://example.com/a/b-c" })).toBe("tidemark_session_a_b_c");
  });

  test.each([
    "https://example.com/a?b=c",
    "https://example.com/#x",
    "https://example.com/a%20b",
    "https://u@example.com",
    "https://example.com/api/x",
    "https://example.com/_next",
  ])("%s is refused as the public URL", (url) =>
    expect(() => readConfig({ TIDEMARK_PUBLIC_URL: url })).toThrow(/^TIDEMARK_PUBLIC_URL is /),
  );

  test("Next gets the base path, and its front page without a slash", () => {
    const asked = ["/", "/?a=1", "/status"].map((target) => withBasePath(target, "/tidemark"));
    expect(asked).toEqual(["/tidemark", "/tidemark?a=1", "/tidemark/status"]);
    expect(withBasePath("/", "")).toBe("/");
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: they are the code that is looked for
