import { expect, type Page } from "@playwright/test";

/** A4 less the margins of the print style, in CSS pixels. */
const paperWidth = Math.floor(((210 - 30) / 25.4) * 96);

/** Lays the page out as on paper, and finds every word that a box or the paper's edge cuts. */
export async function expectNothingClippedOnPaper(page: Page): Promise<void> {
  await page.setViewportSize({ width: paperWidth, height: 1_000 });
  await page.emulateMedia({ media: "print" });
  expect(await page.evaluate(findClipped, paperWidth)).toEqual([]);
}

/** Runs in the browser. */
function findClipped(width: number): string[] {
  const clipped: string[] = [];
  const texts = document.createTreeWalker(document.querySelector("main") ?? document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const parent = node.parentElement;
    if (!parent || (node.textContent ?? "").trim() === "" || parent.closest("svg")) continue;
    if (!parent.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width === 0) continue;
      const cut = [box.left < -1 || box.right > width + 1 ? "paper" : null, cutBy(parent, box)].find(Boolean);
      if (cut) clipped.push(`${cut}: ${(node.textContent ?? "").trim().slice(0, 60)}`);
    }
  }
  return [...new Set(clipped)];

  function cutBy(from: HTMLElement, box: DOMRect): string | null {
    for (
      let element: HTMLElement | null = from;
      element && element.tagName !== "MAIN";
      element = element.parentElement
    ) {
      const style = getComputedStyle(element);
      // Read aloud and not shown, on purpose.
      if (style.clipPath !== "none") return null;
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const frame = element.getBoundingClientRect();
      const isCut =
        box.left < frame.left - 1 ||
        box.right > frame.right + 1 ||
        box.top < frame.top - 1 ||
        box.bottom > frame.bottom + 1;
      if (isCut) return `${element.tagName.toLowerCase()} ${element.className}`.trim();
    }
    return null;
  }
}
