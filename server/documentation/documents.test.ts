import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { linkTarget } from "#components/documentation/link-target.ts";
import { alertMetrics } from "#domain/alert-rule.ts";
import { documentsFolder, readContents } from "./contents.ts";
import { readDocument } from "./read-document.ts";
import { readPicture } from "./read-picture.ts";

const pages = (await readContents()).flatMap((section) => section.pages);

test("every document stands in the contents once, the first one first", () => {
  const names = readdirSync(documentsFolder, { recursive: true, encoding: "utf8" });
  expect(pages.map(({ file }) => file).sort()).toEqual(names.filter((name) => name.endsWith(".md")).sort());
  expect(pages[0]?.slug).toBe("");
});

test("each begins with its only first-level heading", () => {
  for (const { file } of pages) {
    const text = readFileSync(join(documentsFolder, file), "utf8").replace(/```[\s\S]*?```/g, "");
    expect(text, file).toMatch(/^# \S/);
    expect(text.match(/^# /gm), file).toHaveLength(1);
  }
});

test("links between documents lead to pages that exist", () => {
  const slugs = new Set(pages.map(({ slug }) => (slug === "" ? "/docs" : `/docs/${slug}`)));
  for (const { file } of pages) {
    const text = readFileSync(join(documentsFolder, file), "utf8");
    for (const [, href = ""] of text.matchAll(/\]\(([^)\s]+\.md(?:#[^)\s]*)?)\)/g)) {
      const target = linkTarget(href, file);
      if (target.startsWith("/docs")) expect([...slugs], `${file}: ${href}`).toContain(target.replace(/#.*/, ""));
    }
  }
});

test("every picture that a document shows is there, and a name that is none's is none", async () => {
  const shown = pages.flatMap(({ file }) => {
    const text = readFileSync(join(documentsFolder, file), "utf8");
    return [...text.matchAll(/!\[[^\]]+\]\(screens\/([^)]+)\)/g)].map(([, name = ""]) => name);
  });
  expect(shown.length).toBeGreaterThan(10);
  for (const name of shown) expect(await readPicture(name), name).not.toBeNull();
  expect(await readPicture("../../package.json")).toBeNull();
});

test("a page knows its neighbours; a name that is no page's is none", async () => {
  const first = await readDocument("");
  expect(first?.previous).toBeNull();
  expect(first?.next?.slug).toBe("concepts");
  expect(await readDocument("../package")).toBeNull();
});

test("every alert metric has its row in the documentation", () => {
  const text = readFileSync(join(documentsFolder, "alerting.md"), "utf8");
  for (const metric of alertMetrics) expect(text).toContain(`\n| \`${metric}\` |`);
});

test("the architecture names files that exist, and every table", () => {
  const root = join(documentsFolder, "..");
  const text = readFileSync(join(documentsFolder, "architecture.md"), "utf8");
  const paths = [...text.matchAll(/`((?:app|cli|client|components|domain|prisma|server|workers)\/[\w./-]+)`/g)];
  const missing = paths
    .map(([, path = ""]) => path)
    .filter((path) => !["", ".ts", ".tsx"].some((ending) => existsSync(join(root, path + ending))));
  expect(missing).toEqual([]);
  const schema = readFileSync(join(root, "prisma/schema.prisma"), "utf8");
  const tables = [...schema.matchAll(/@@map\("(\w+)"\)/g)].map(([, table = ""]) => table);
  expect(tables.filter((table) => !text.includes(`\`${table}\``))).toEqual([]);
});
