import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { commandEnv } from "#test/command-env.ts";
import { expectNothingClippedOnPaper } from "./expect-nothing-clipped.ts";

const token = process.env.E2E_TOKEN ?? "";
const month = process.env.E2E_MONTH_URL ?? "";
const root = join(import.meta.dirname, "..");

for (const [what, address] of [
  ["a whole month", `${month}/service-levels?month=2001-01`],
  ["a fleet's month", "/service-levels?month=2026-11"],
  ["a type's month", `${month}/service-levels?month=2001-01&eventType=ShortHaul`],
] as const) {
  test(`on paper nothing of ${what} is clipped`, async ({ page }) => {
    await page.goto(address);
    await expect(page.getByRole("heading", { name: "Definitions" })).toBeVisible();
    await expectNothingClippedOnPaper(page);
  });
}

test("the command line saves the month as PDF: whole words, within the paper", async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-e2e-"));
  const file = join(folder, "january.pdf");
  const args = ["cli/main.ts", "service-levels", "pdf", "--month", "2001-01", "--out", file];
  const env = commandEnv({ TIDEMARK_URL: month, TIDEMARK_TOKEN: token });
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env });
  expect(stdout).toContain("january.pdf: ");
  const pages = await readPdf(file);
  await rm(folder, { recursive: true });
  expect(pages.length).toBeGreaterThan(1);
  for (const { width, height, items } of pages) {
    expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
    for (const { text, left, right } of items)
      expect(left >= 0 && right <= width, `"${text}" is within the paper`).toBe(true);
  }
  const printed = pages.flatMap(({ items }) => items.map(({ text }) => text)).join(" ");
  await page.goto(`${month}/service-levels?month=2001-01`);
  await expect(page.getByRole("heading", { name: "Definitions" })).toBeVisible();
  await page.emulateMedia({ media: "print" });
  // The chart is a picture: its table has the same figures.
  const shown = await page.getByRole("article").evaluate((article: HTMLElement) => {
    for (const picture of article.querySelectorAll("svg")) picture.remove();
    // biome-ignore lint/performance/useDomNodeTextContent: what the paper hides is no part of it.
    return article.innerText;
  });
  const words = new Set(shown.split(/\s+/).filter((word) => /^[A-Za-z]{3,}$/.test(word)));
  const squeezed = printed.replaceAll(/\s+/g, "");
  expect([...words].filter((word) => !squeezed.includes(word))).toEqual([]);
  for (const word of ["missed", "LongHaul", "MediumHaul", "ShortHaul"]) expect(printed).toContain(word);
});

interface PrintedPage {
  width: number;
  height: number;
  items: { text: string; left: number; right: number }[];
}

async function readPdf(file: string): Promise<PrintedPage[]> {
  const document = await getDocument({ data: new Uint8Array(await readFile(file)), verbosity: 0 }).promise;
  return Promise.all(
    Array.from({ length: document.numPages }, async (_, index) => {
      const page = await document.getPage(index + 1);
      const [, , width = 0, height = 0] = page.view;
      const { items } = await page.getTextContent();
      return {
        width,
        height,
        items: items.flatMap((item) => {
          if (!("str" in item) || item.str.trim() === "") return [];
          const left = Number(item.transform[4]);
          return [{ text: item.str, left, right: left + item.width }];
        }),
      };
    }),
  );
}
