import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import { allowedWords, ruledOutWords } from "./ruled-out-words.ts";

interface Text {
  line: number;
  text: string;
}

const root = new URL("../", import.meta.url).pathname;
const product = /^(app|components|domain|server|cli|client|workers|simulator)\/|^proxy\.ts$/;
const isTest = /\.(test|spec)\.ts$/;
const testCalls = new Set(["test", "it", "describe", "step", "each", "skipIf"]);
const phrases = ruledOutWords.flatMap(({ words, use }) =>
  words.map((word) => ({ word, use, pattern: new RegExp(`(?<![\\w-])${word}(?![\\w-])`, "i") })),
);

test("product texts, test names, documents and the schema use none of the words that are ruled out", () => {
  const found = trackedFiles().flatMap((file) => findIn(file, textsOf(file, readFileSync(root + file, "utf8"))));
  expect(found).toEqual([]);
});

test.each([
  ["a string", "server/a.ts", 'throw new Error("There is no such rule.");'],
  ["a template", "server/a.ts", "const text = `$" + "{name} was told`;"],
  ["JSX text", "components/a.tsx", "const page = <p>\n  Nobody is here.\n</p>;"],
  ["an attribute", "components/a.tsx", 'const page = <img alt="mended" />;'],
  ["a test's name", "server/a.test.ts", 'test("the hour is well again", () => {});'],
  ["the schema", "prisma/schema.prisma", "/// Whom it notifies.\nmodel A {}"],
  ["a document", "docs/a.md", "# Title\n\nIt hurts three hours."],
])("a ruled-out word in %s is found", (_where, file, source) => {
  expect(findIn(file, textsOf(file, source))).toHaveLength(1);
});

test("identifiers, imports, comments and code in documents are left alone", () => {
  const source = 'import { told } from "./told.ts";\n// nobody\nconst mend = told;';
  expect(findIn("server/a.ts", textsOf("server/a.ts", source))).toEqual([]);
  expect(findIn("docs/a.md", textsOf("docs/a.md", "Run `tell`.\n```\ntell\n```\n"))).toEqual([]);
});

function trackedFiles(): string[] {
  const listed = execFileSync("git", ["ls-files", "*.ts", "*.tsx", "*.md", "*.prisma"], {
    cwd: root,
    encoding: "utf8",
  });
  return listed
    .trim()
    .split("\n")
    .filter((file) => /\.(md|prisma)$/.test(file) || product.test(file) || isTest.test(file))
    .filter((file) => file !== "test/words.test.ts");
}

function findIn(file: string, texts: readonly Text[]): string[] {
  return texts.flatMap(({ line, text }) =>
    phrases
      .filter(({ pattern }) => pattern.test(text))
      .filter(() => !allowedWords.some((allowed) => allowed.file.test(file) && allowed.text.test(text)))
      .map(({ word, use }) => `${file}:${line}: "${word}" (use: ${use})`),
  );
}

function textsOf(file: string, source: string): Text[] {
  if (file.endsWith(".md")) return linesOf(source);
  if (file.endsWith(".prisma")) return commentsOf(source);
  const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, kind);
  const texts: Text[] = [];
  const add = (node: ts.Node, text: string) =>
    texts.push({ line: tree.getLineAndCharacterOfPosition(node.getStart()).line + 1, text: readable(text) });
  const visit = (node: ts.Node, isName: boolean): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (isTest.test(file) && ts.isCallExpression(node)) {
      const [name] = node.arguments;
      node.forEachChild((child) => visit(child, child === name && testCalls.has(calledName(node.expression))));
      return;
    }
    if (isTest.test(file) && !isName) {
      // In a test only the names are read: its data may quote what other people write.
    } else if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) add(node, node.text);
    else if (ts.isTemplateExpression(node))
      add(node, [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join(" … "));
    node.forEachChild((child) => visit(child, false));
  };
  visit(tree, false);
  // A single word without a space is a code, a key or a URL, which the contract or the database fixes.
  return texts.filter(({ text }) => /\s/.test(text.trim()) || file.endsWith("x"));
}

function calledName(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text === "each" ? "" : expression.name.text;
  return ts.isCallExpression(expression) ? "each" : "";
}

/** Of a statement of SQL only its comments: its names are those of columns. */
function readable(text: string): string {
  const words = /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b|\b(SELECT|FROM) /.test(text)
    ? (text.match(/--[^\n]*/g) ?? [])
    : [text];
  return words.join(" ").replaceAll(/\s+/g, " ");
}

/** What describes the schema's models and columns: the lines that begin with three slashes. */
function commentsOf(source: string): Text[] {
  const texts = source.split("\n").map((text, index) => ({ line: index + 1, text }));
  return texts.filter(({ text }) => /^\s*\/\/\//.test(text));
}

/** A document's lines without its code: blocks between fences, and what stands in backquotes. */
function linesOf(source: string): Text[] {
  let isCode = false;
  return source.split("\n").flatMap((line, index) => {
    if (/^\s*(```|~~~)/.test(line)) isCode = !isCode;
    return isCode ? [] : [{ line: index + 1, text: line.replaceAll(/`[^`]*`/g, "`…`") }];
  });
}
