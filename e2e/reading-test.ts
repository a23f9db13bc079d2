import { type BrowserContext, type BrowserContextOptions, test as base } from "@playwright/test";

/**
 * For tests that only read: the pages of a worker share a context, and with it what the browser has loaded and compiled. A test
 * with a cookie, a kept setting or a route must not use it.
 */
export const test = base.extend<object, { shared: BrowserContext }>({
  shared: [
    async ({ browser }, use, { project }) => {
      const { baseURL, viewport, userAgent, deviceScaleFactor, isMobile, hasTouch } = project.use;
      const screen = { baseURL, viewport, userAgent, deviceScaleFactor, isMobile, hasTouch, reducedMotion: "reduce" };
      const context = await browser.newContext(screen as BrowserContextOptions);
      await use(context);
      await context.close();
    },
    { scope: "worker" },
  ],
  page: async ({ shared }, use) => {
    const page = await shared.newPage();
    await use(page);
    await page.close();
  },
});
