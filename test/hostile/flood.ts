// A process of hostile clients: node test/hostile/flood.ts '{"url": …}' attacks until its input ends, then prints what was answered.
import { setTimeout as sleep } from "node:timers/promises";
import { openPublisher } from "#server/adapters/pubsub.ts";
import { beat } from "./beat.ts";
import { hostileKinds, type StolenTokens } from "./hostile-kinds.ts";

export interface FloodTerms {
  url: string;
  tokens: StolenTokens;
  clients: number;
  /** Google's emulator, for messages that cannot be used; null: none. */
  pubsub: { projectId: string; emulatorHost: string } | null;
  /** Kinds to attack with; absent: all. */
  only?: string[];
  /** Each client begins an attack so often, whether or not those before are answered; absent: as soon as it is answered. */
  everyMs?: number;
}

export interface FloodResult {
  /** By kind of client: how often each status, or reason for none, came back. */
  answers: Record<string, Record<string, number>>;
  /** Attacks begun, without those on Pub/Sub. */
  begun: number;
}

const endless = { mostUnderWay: Number.POSITIVE_INFINITY };
const poison = { perTurn: 50, everyMs: 100 };

async function main(terms: FloodTerms): Promise<void> {
  const over = new AbortController();
  process.stdin.once("end", () => over.abort()).resume();
  const answers: FloodResult["answers"] = {};
  let begun = 0;
  const note = (kind: string, status: string) => {
    const counts = answers[kind] ?? {};
    answers[kind] = counts;
    counts[status] = (counts[status] ?? 0) + 1;
  };
  const kinds = Object.entries(hostileKinds).filter(([kind]) => terms.only?.includes(kind) ?? true);
  const port = Number(new URL(terms.url).port);
  const client = async (nth: number) => {
    const [kind, attack] = kinds[nth % kinds.length] as (typeof kinds)[number];
    // Each from an address of its own: limits by address must not be all that helps.
    const localAddress = process.platform === "linux" ? `127.1.${nth >> 8}.${(nth & 255) + 1}` : undefined;
    const hostile = { port, localAddress, tokens: terms.tokens, signal: over.signal };
    const attackOnce = async () => {
      begun += 1;
      note(kind, await attack(hostile).catch((error: Error) => error.message));
    };
    const { everyMs } = terms;
    if (everyMs === undefined) while (!over.signal.aborted) await attackOnce();
    // They begin one after the other. An attack has an end, so that no more than a few of a client are under way.
    else
      await sleep((everyMs * nth) / terms.clients).then(() =>
        beat({ everyMs, ...endless, signal: over.signal }, attackOnce),
      );
  };
  const poisoned = terms.pubsub === null ? null : publishPoison(terms.pubsub, over.signal, note);
  await Promise.all([
    ...Array.from({ length: kinds.length === 0 ? 0 : terms.clients }, (_, nth) => client(nth)),
    poisoned,
  ]);
  process.stdout.write(JSON.stringify({ answers, begun } satisfies FloodResult));
}

/** Messages that cannot be used, at a steady rate: a backlog that Pub/Sub holds back would delay what follows whatever the worker does. */
async function publishPoison(
  settings: { projectId: string; emulatorHost: string },
  signal: AbortSignal,
  note: (kind: string, status: string) => void,
): Promise<void> {
  const publisher = await openPublisher(settings);
  const payloads = [Buffer.alloc(20_000, 0xff), Buffer.from("[]"), Buffer.from(`{"specversion":"1.0","type":"x"}`)];
  while (!signal.aborted) {
    const sent = Array.from({ length: poison.perTurn }, async (_, nth) => {
      await publisher.publish(payloads[nth % payloads.length] as Buffer, {}).then(
        () => note("poison on Pub/Sub", "published"),
        (error: Error) => note("poison on Pub/Sub", error.message),
      );
    });
    await Promise.all(sent);
    await sleep(poison.everyMs);
  }
  await publisher.close();
}

await main(JSON.parse(process.argv[2] ?? "null") as FloodTerms);
process.exit(0);
