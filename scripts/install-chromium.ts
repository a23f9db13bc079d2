import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findChromium } from "./find-chromium.ts";

/** Provides a browser for the browser tests: root on Debian installs one, other users get instructions. */
export async function installChromium(): Promise<{ problem: string | null }> {
  if (findChromium() !== null) return { problem: null };
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    aptGet("update");
    // Ubuntu and older Debians have the second alone.
    for (const name of ["chromium-headless-shell", "chromium"]) {
      process.stdout.write(`Installing Chromium for the browser tests (apt-get install ${name})…\n`);
      aptGet("install", "--yes", "--no-install-recommends", name);
      if (findChromium() !== null) return { problem: null };
    }
  }
  return {
    problem:
      "The browser tests need Chromium: install it (Debian and Ubuntu: apt-get install chromium; elsewhere: npx playwright install chromium), or set CHROMIUM_PATH to one.",
  };
}

function aptGet(...args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["--quiet", ...args], { stdio: ["ignore", "ignore", "inherit"], env });
}
