import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StatusJson } from "#domain/api/board.ts";
import { readFlightEvents } from "#test/flights.ts";
import { shuffled } from "#test/shuffled.ts";
import { until } from "#test/until.ts";
import type { Product } from "./start-product.ts";

// A month of real input for the whole product, against what an independent program computed.
export const messageCount = 26_184;

/** Writes the month into the folder, shuffled and with every message twice. */
export async function shuffledTwice(folder: string): Promise<string> {
  const events = readFlightEvents();
  const file = join(folder, "shuffled-twice.jsonl");
  await writeFile(
    file,
    shuffled([...events, ...events])
      .map((event) => `${JSON.stringify(event)}\n`)
      .join(""),
  );
  return file;
}

/** A month takes half a minute on an idle machine, and many times that on a busy one. */
export const patienceSeconds = 400;

/** Waits until everything sent is committed and in the verdicts. */
export async function untilJudged(product: Product, messages: number): Promise<void> {
  await until(
    `${messages} messages are judged`,
    async () => {
      const status = await product.get<StatusJson>("/status");
      return (status.ingest.messages >= messages && status.dirtyHours === 0) || JSON.stringify(status);
    },
    patienceSeconds,
  );
}

/** Kills one worker after the other, at equal parts of the replay of this many messages. */
export async function killInTurn(
  product: Product,
  messages: number,
  workers: readonly ("ingest" | "evaluate" | "web")[],
): Promise<void> {
  for (const [index, worker] of workers.entries()) {
    const taken = Math.floor((messages * (index + 1)) / (workers.length + 1));
    await until(
      `${taken} messages are taken`,
      async () => (await product.get<StatusJson>("/status")).ingest.messages >= taken,
      patienceSeconds,
    );
    await product.kill(worker);
  }
}
