import { findChromium } from "./find-chromium.ts";

// Chromium's sandbox does not work as root; the other flags keep it off the internet.
const alone = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser's launch options for tests, screenshots and benchmarks on this machine. */
export function chromiumOptions(): { args: string[]; executablePath?: string } {
  const executablePath = findChromium();
  const args = process.getuid?.() === 0 ? ["--no-sandbox", ...alone] : alone;
  return { args, ...(executablePath === null ? {} : { executablePath }) };
}
