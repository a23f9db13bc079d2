import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CliError } from "../cli-error.ts";

const names = ["chromium", "chromium-browser", "chromium-headless-shell", "google-chrome-stable", "google-chrome"];
const onMac = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const patienceMs = 30_000;

export interface RunningChromium {
  /** Of its DevTools protocol. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the browser that the setting names, or else the machine's own Chromium or Chrome. */
export async function startChromium(path: string | null): Promise<RunningChromium> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-pdf-"));
  for (const program of path === null ? [...names, ...onMac] : [path]) {
    const found = await tryStart(program, folder);
    if (found) return found;
  }
  await rm(folder, { recursive: true, force: true });
  throw new CliError(
    path === null
      ? "A PDF needs Chromium or Chrome, and neither is installed. Install one (Debian and Ubuntu: apt-get install chromium; macOS: brew install --cask chromium), or set TIDEMARK_CHROMIUM to its path."
      : `TIDEMARK_CHROMIUM is ${path}, which cannot be started. Set it to the path of Chromium or Chrome.`,
  );
}

async function tryStart(program: string, folder: string): Promise<RunningChromium | null> {
  const child = spawn(program, argumentsFor(folder), { stdio: ["ignore", "ignore", "pipe"] });
  const url = await new Promise<string | null>((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new CliError(`${program} did not start within ${patienceMs / 1000} s: ${said.slice(-300)}`));
    }, patienceMs);
    const end = (result: string | null) => {
      clearTimeout(timer);
      resolve(result);
    };
    // Not installed, or not a browser: another one may be.
    child.once("error", () => end(null));
    child.once("exit", () => end(null));
    child.stderr.on("data", (data: Buffer) => {
      said += data.toString();
      const found = /DevTools listening on (ws:\/\/\S+)/.exec(said)?.[1];
      if (found) end(found);
    });
  });
  return url === null ? null : { url, stop: () => stop(child, folder) };
}

function argumentsFor(folder: string): string[] {
  return [
    "--headless",
    "--remote-debugging-port=0",
    `--user-data-dir=${folder}`,
    "--no-first-run",
    "--disable-gpu",
    "--disable-background-networking",
    "--hide-scrollbars",
    // Its sandbox does not work as root, as in a container.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    "about:blank",
  ];
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
