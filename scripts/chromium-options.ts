import { findChromium } from "./find-chromium.ts";

// Chromium's sandbox refuses root; the rest keeps it from looking for the internet.
const alone = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How the browser of tests, pictures and measurements is started on this machine. */
export function chromiumOptions(): { args: string[]; executablePath?: string } {
  const executablePath = findChromium();
  const args = process.getuid?.() === 0 ? ["--no-sandbox", ...alone] : alone;
  return { args, ...(executablePath === null ? {} : { executablePath }) };
}
