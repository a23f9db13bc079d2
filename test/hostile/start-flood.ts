import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { getPriority, setPriority } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { freePort, type Product } from "#test/product/start-product.ts";
import { until } from "#test/until.ts";
import type { FloodResult, FloodTerms } from "./flood.ts";
import type { StolenTokens } from "./hostile-kinds.ts";

export interface Flood {
  readonly pid: number;
  /** Ends the attack, and says what was answered. */
  stop(): Promise<FloodResult>;
}

/** Of niceness: where processor time is short, a third of what the product gets. */
const yieldsBy = 5;

/**
 * Hostile clients in a process of their own, so that their work is not that of who measures. It gives way to the others, for it should be on
 * other machines, and ends with this one.
 */
export async function startFlood(terms: FloodTerms): Promise<Flood> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "flood.ts"), JSON.stringify(terms)], {
    stdio: ["pipe", "pipe", "inherit"],
    // A session of its own: Linux shares processors between sessions first.
    detached: true,
  });
  const said = text(child.stdout);
  const exited = once(child, "exit");
  const pid = child.pid ?? 0;
  await writeFile(`/proc/${pid}/autogroup`, String(yieldsBy)).catch(() => undefined);
  setPriority(pid, getPriority() + yieldsBy);
  return {
    pid,
    async stop() {
      child.stdin.end();
      await exited;
      return JSON.parse(await said) as FloodResult;
    },
  };
}

/** Tokens with one scope each beside reading, as an attacker may have come by them. */
export async function makeStolenTokens(product: Pick<Product, "url" | "token">): Promise<StolenTokens> {
  const make = async (name: string, scopes: string[]) => {
    const answer = await fetch(`${product.url}/api/v1/tokens`, {
      method: "POST",
      headers: { authorization: `Bearer ${product.token}`, "content-type": "application/json" },
      body: JSON.stringify({ name: `stolen ${name}`, scopes }),
    });
    if (!answer.ok) throw new Error(`POST /tokens answered ${answer.status}: ${await answer.text()}`);
    return ((await answer.json()) as { token: string }).token;
  };
  return {
    ingest: await make("ingest", ["ingest"]),
    read: await make("read", ["read"]),
    respond: await make("respond", ["read", "respond"]),
    write: await make("write", ["read", "write"]),
  };
}

/** A server that costs next to nothing, for a flood whose own cost is measured. */
export async function startDecoy(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(import.meta.dirname, "decoy.ts"), String(port)], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  const exited = once(child, "exit");
  const url = `http://127.0.0.1:${port}`;
  await until("the decoy answers", () =>
    fetch(url)
      .then(({ status }) => status === 404)
      .catch(() => false),
  );
  return {
    url,
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
