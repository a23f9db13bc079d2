import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Product } from "#test/product/start-product.ts";
import type { FloodAnswers, FloodTerms } from "./flood.ts";
import type { StolenTokens } from "./hostile-kinds.ts";

export interface Flood {
  /** Ends the attack, and says what was answered. */
  stop(): Promise<FloodAnswers>;
}

/**
 * Hostile clients in a process of their own, so that their work is not that of who measures. It yields to every other process, as if it were
 * on other machines, and ends with this one.
 */
export async function startFlood(terms: FloodTerms): Promise<Flood> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "flood.ts"), JSON.stringify(terms)], {
    stdio: ["pipe", "pipe", "inherit"],
    // A session of its own: Linux shares processors between sessions first.
    detached: true,
  });
  const said = text(child.stdout);
  const exited = once(child, "exit");
  await writeFile(`/proc/${child.pid}/autogroup`, "19").catch(() => undefined);
  return {
    async stop() {
      child.stdin.end();
      await exited;
      return JSON.parse(await said) as FloodAnswers;
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
