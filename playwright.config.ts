import { defineConfig, devices } from "@playwright/test";
import "./server/process/keep-compiled.mjs";
import { chromiumOptions } from "./scripts/chromium-options.ts";

const port = Number(process.env.E2E_PORT ?? 3417);
/** User journeys in a real browser against the built product. `@phone` in a title: also on a phone's screen. */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A browser mostly waits for a page's next poll: three keep two cores busy.
  workers: 3,
  // On a busy machine a browser may miss a moment: a retry decides, and a test that needed one is reported as flaky.
  retries: 1,
  // A wait that succeeds costs nothing: these are for a busy machine.
  timeout: 300_000,
  expect: { timeout: 120_000 },
  reporter: [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    // Recording every step of every test takes longer than the steps themselves.
    trace: "on-first-retry",
    launchOptions: chromiumOptions(),
    // Drawing frames of what moves takes a core, and no test looks at it.
    contextOptions: { reducedMotion: "reduce" },
  },
  projects: [
    { name: "desktop", use: { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 } } },
    { name: "phone", grep: /@phone/, use: devices["Pixel 7"] },
  ],
  webServer: {
    command: "node e2e/start-server.ts",
    // When it is ready, a day is loaded and judged. The tests find its values in process.env.
    wait: {
      stdout: /^Ready: \S+ (?<e2e_token>\S+) (?<e2e_private_url>\S+) (?<e2e_pubsub>\S+) (?<e2e_month_url>\S+)$/m,
    },
    env: { E2E_PORT: String(port) },
    timeout: 300_000,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
  },
});
