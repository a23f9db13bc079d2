import { CliError } from "../cli-error.ts";
import type { Connection } from "../connection.ts";
import { DevTools } from "./devtools.ts";
import { startChromium } from "./start-chromium.ts";

/** A page of the dashboard as PDF, as its print style has it, read with the token's rights. */
export async function printPdf(
  { url, token }: Connection,
  { path, chromium }: { path: string; chromium: string | null },
): Promise<Buffer> {
  const cookie = await signIn({ url, token });
  const browser = await startChromium(chromium);
  try {
    const devtools = await DevTools.connect(browser.url);
    const { targetId } = await devtools.call("Target.createTarget", { url: "about:blank" });
    const attached = await devtools.call("Target.attachToTarget", { targetId, flatten: true });
    const session = String(attached.sessionId);
    const at = cookie.indexOf("=");
    const [name, value] = [cookie.slice(0, at), cookie.slice(at + 1)];
    await devtools.call("Network.setCookie", { name, value, url }, session);
    await devtools.call("Page.enable", {}, session);
    const loaded = devtools.event("Page.loadEventFired");
    await devtools.call("Page.navigate", { url: `${url}${path}` }, session);
    await loaded;
    await waitForReport(devtools, session);
    const printed = await devtools.call("Page.printToPDF", { preferCSSPageSize: true, printBackground: true }, session);
    devtools.close();
    return Buffer.from(String(printed.data), "base64");
  } finally {
    await browser.stop();
  }
}

const attempts = 120;
const pauseMs = 250;

/** A slow page shows its outline first. */
async function waitForReport(devtools: DevTools, session: string): Promise<void> {
  const expression = "document.fonts.ready.then(() => document.querySelector('main article h1') !== null)";
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { result } = await devtools.call("Runtime.evaluate", { expression, awaitPromise: true }, session);
    if ((result as { value?: unknown } | undefined)?.value === true) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  throw new CliError("The page did not show a report within 30 s. Open it in a browser to see what it says.");
}

/** The pages accept no tokens, only the session that signing in with one begins. */
async function signIn({ url, token }: Connection): Promise<string> {
  const answer = await fetch(`${url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0];
  if (answer.ok && cookie) return cookie;
  throw new CliError("Tidemark did not accept the token for its pages. Set TIDEMARK_TOKEN to one with the scope read.");
}
