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
const product =
  /^(app|components|domain|server|cli|packages|workers|simulator|bench|scripts|deploy|e2e|test)\/|^proxy\.ts$/;
const isTest = /\.(test|spec)\.ts$/;
/** Read for their comments alone. */
const isCommented = /\.(css|mjs|py|tf|ya?ml)$/;
const testCalls = new Set(["test", "it", "describe", "step", "each", "skipIf"]);
const phrases = ruledOutWords.flatMap(({ words, use }) =>
  words.map((word) => ({ word, use, pattern: new RegExp(`(?<![\\w-])${word}(?![\\w-])`, "i") })),
);

test("product texts, comments, test names, documents and the schema use none of the words that are ruled out", () => {
  const found = trackedFiles().flatMap((file) => findIn(file, textsOf(file, readFileSync(root + file, "utf8"))));
  expect(found).toEqual([]);
});

test.each([
  ["a string", "server/a.ts", 'throw new Error("There is no such rule.");'],
  ["a template", "server/a.ts", "const text = `$" + "{name} was told`;"],
  ["JSX text", "components/a.tsx", "const page = <p>\n  Nobody is here.\n</p>;"],
  ["an attribute", "components/a.tsx", 'const page = <img alt="mended" />;'],
  ["a comment", "server/a.ts", "const a = 1; // Nobody reads it."],
  ["a comment of several lines", "test/a.test.ts", "/**\n * It tells\n */\nconst a = 1;"],
  ["a style sheet", "components/a.css", "/* Shades tell people apart. */"],
  ["a manifest", "deploy/a.yaml", "a: 1 # Whom it serves.\n"],
  ["a test's name", "server/a.test.ts", 'test("the hour is well again", () => {});'],
  ["the schema", "prisma/schema.prisma", "/// Whom it notifies.\nmodel A {}"],
  ["a document", "docs/a.md", "# Title\n\nIt hurts three hours."],
])("a ruled-out word in %s is found", (_where, file, source) => {
  expect(findIn(file, textsOf(file, source))).toHaveLength(1);
});

test("identifiers, imports and code in documents are left alone", () => {
  const source = 'import { told } from "./told.ts";\nconst mend = told;';
  expect(findIn("server/a.ts", textsOf("server/a.ts", source))).toEqual([]);
  expect(findIn("docs/a.md", textsOf("docs/a.md", "Run `tell`.\n```\ntell\n```\n"))).toEqual([]);
});

function trackedFiles(): string[] {
  const listed = execFileSync(
    "git",
    ["ls-files", "*.ts", "*.tsx", "*.md", "*.prisma", "*.css", "*.mjs", "*.py", "*.tf", "*.yaml", "*.yml"],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  return listed
    .trim()
    .split("\n")
    .filter((file) => /\.(md|prisma)$/.test(file) || isCommented.test(file) || product.test(file) || isTest.test(file))
    .filter((file) => !["test/words.test.ts", "test/ruled-out-words.ts"].includes(file));
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
  const comments = commentsOf(source);
  if (file.endsWith(".prisma") || isCommented.test(file)) return comments;
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
  return [...texts.filter(({ text }) => /\s/.test(text.trim()) || file.endsWith("x")), ...comments];
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

/** What stands after two or three slashes or a hash, and the lines of comments between stars. */
function commentsOf(source: string): Text[] {
  return source.split("\n").flatMap((text, index) => {
    const [, said, starred] = /(?:^|\s)(?:\/{2,3}|#)\s(.*)|^\s*(?:\/\*+|\*)\s(.*)/.exec(text) ?? [];
    const comment = said ?? starred;
    return comment === undefined ? [] : [{ line: index + 1, text: comment }];
  });
}

/** A document's lines without its code: blocks between fences, and what stands in backquotes. */
function linesOf(source: string): Text[] {
  let isCode = false;
  return source.split("\n").flatMap((line, index) => {
    if (/^\s*(```|~~~)/.test(line)) isCode = !isCode;
    return isCode ? [] : [{ line: index + 1, text: line.replaceAll(/`[^`]*`/g, "`…`") }];
  });
}
