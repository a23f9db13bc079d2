import type { Locator, Page } from "@playwright/test";

/** Draws a finger or a mouse from one part of the element's width to another. */
export async function dragAcross(page: Page, element: Locator, { from, to, hasTouch }: Drag): Promise<void> {
  await element.scrollIntoViewIfNeeded();
  const box = await element.boundingBox();
  if (!box) throw new Error("It is not drawn.");
  const y = box.y + box.height / 2;
  const places = [from, (from + to) / 2, to].map((share) => box.x + share * box.width);
  const [first = 0, ...others] = places;
  if (hasTouch) {
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: { x: number; y: number }[]) =>
      session.send("Input.dispatchTouchEvent", { type, touchPoints });
    await touch("touchStart", [{ x: first, y }]);
    for (const x of others) await touch("touchMove", [{ x, y }]);
    await touch("touchEnd", []);
    return;
  }
  await page.mouse.move(first, y);
  await page.mouse.down();
  for (const x of others) await page.mouse.move(x, y);
  await page.mouse.up();
}

interface Drag {
  /** Shares of its width. */
  from: number;
  to: number;
  hasTouch: boolean;
}
