import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "#server/config.ts";
import { basePathOf } from "#server/settings/base-path.ts";

const patienceMs = 120_000;

/** Throws a sentence if the port is taken: better now than after a build. */
export async function requireFreePort({ PORT, HOST }: Config): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(PORT, HOST, resolve));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE")
      throw new Error(`Port ${PORT} is in use. Stop the process that uses it, or set PORT to another.`);
    throw new Error(
      `Tidemark cannot listen on ${HOST}, port ${PORT} (${message}). Set HOST and PORT to an available address.`,
    );
  }
  await new Promise((resolve) => server.close(resolve));
}

/** The product's own address on this machine, with its base path, once `/readyz?serving` succeeds; null if the signal aborted first. Throws on timeout. */
export async function untilReady(
  { PORT, HOST, TIDEMARK_PUBLIC_URL }: Config,
  signal: AbortSignal,
): Promise<string | null> {
  const host = HOST === "0.0.0.0" ? "127.0.0.1" : HOST === "::" ? "[::1]" : HOST.includes(":") ? `[${HOST}]` : HOST;
  const url = `http://${host}:${PORT}${basePathOf(TIDEMARK_PUBLIC_URL)}`;
  const giveUpMs = performance.now() + patienceMs;
  let answer = "no answer";
  while (!signal.aborted) {
    const response = await fetch(`${url}/readyz?serving`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    }).catch(() => null);
    if (response?.ok) return url;
    if (response) answer = `${response.status} ${(await response.text().catch(() => "")).slice(0, 300)}`;
    if (performance.now() > giveUpMs) {
      throw new Error(
        `Tidemark did not become ready within two minutes (${url}/readyz?serving: ${answer}). See the log lines above.`,
      );
    }
    await sleep(200);
  }
  return null;
}
