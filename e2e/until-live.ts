import { expect, type Page } from "@playwright/test";

/** Waits until React has taken over every control of the page: before, what is pressed or typed is lost. */
export async function untilLive(page: Page): Promise<void> {
  await expect(async () => {
    expect(await page.evaluate(countLifeless), "controls that nothing listens to yet").toBe(0);
  }, "a page that is left meanwhile is asked again").toPass();
}

/** At least one while the page itself still arrives. */
function countLifeless(): number {
  if (document.readyState === "loading" || document.querySelector("main") === null) return 1;
  const skeletons = document.querySelectorAll(".mantine-Skeleton-root").length;
  // Hidden is what Mantine measures a text with.
  const kinds = ["button", "input", "select", "summary", "textarea"].map((kind) => `${kind}:not([aria-hidden="true"])`);
  const controls = [...document.querySelectorAll(kinds.join())];
  // React leaves its properties on each element that it renders.
  const lifeless = controls.filter((control) => !Object.keys(control).some((key) => key.startsWith("__reactProps$")));
  return skeletons + lifeless.length;
}
