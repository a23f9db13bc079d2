import { stat } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import type { StatusJson } from "#domain/api/board.ts";
import { readConfig } from "#server/config.ts";
import { requireKafka, requirePubsub } from "#server/settings/required-settings.ts";
import { openApi } from "../call-api.ts";
import { CliError } from "../cli-error.ts";
import { type Connection, findConnection } from "../connection.ts";
import type { ProductTime } from "./pace.ts";
import { atOnce, atRate, atSpeed, followingClock, type Pace } from "./pace.ts";
import { UnreadableLine } from "./read-events.ts";
import { replay } from "./replay.ts";
import { type EventSender, httpSender, type LineFault } from "./send-http.ts";

export interface RunReplayOptions {
  readonly file: string;
  readonly via: "http" | "pubsub" | "kafka";
  /** The pace; with followClock the product's clock instead. */
  readonly pace: Pace;
  readonly followClock: boolean;
  readonly shiftToNow: boolean;
  /** Progress messages; a terminal overwrites them. */
  onProgress(line: string): void;
  onFault(line: string): void;
}

const progressEveryMs = 500;

/** Sends the file and returns the closing sentence. Throws CliError if a line was invalid or refused. */
export async function runReplay(options: RunReplayOptions): Promise<string> {
  const { file } = options;
  if (!(await stat(file).catch(() => null))?.isFile()) throw new CliError(`File "${file}" not found.`);
  const needsApi = options.via === "http" || options.followClock || options.shiftToNow;
  const connection = needsApi ? await findConnection() : null;
  const clock = options.followClock && connection ? await watchProductClock(connection) : null;
  const startedAtMs = performance.now();
  let shownAtMs = startedAtMs;
  try {
    const { taken, refused } = await replay({
      file,
      sender: await openSender(options.via, connection),
      pace: clock ? followingClock(clock.read) : options.pace,
      shiftTo: options.shiftToNow && connection ? await readProductNow(connection) : null,
      onFaults(faults) {
        for (const fault of faults) options.onFault(writeFault(file, fault));
      },
      onProgress(sent) {
        if (performance.now() - shownAtMs < progressEveryMs) return;
        shownAtMs = performance.now();
        options.onProgress(`${sent.toLocaleString("en")} events sent`);
      },
    });
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
    const sentence = `${taken.toLocaleString("en")} events ${options.via === "http" ? "committed" : "published"} in ${seconds} s`;
    if (refused === 0) return `${sentence}.`;
    throw new CliError(
      `${sentence}; ${refused.toLocaleString("en")} refused (listed above). Fix them and replay the file again.`,
    );
  } catch (error) {
    // Merging is idempotent: it is safe to send everything again.
    if (error instanceof UnreadableLine)
      throw new CliError(`${file}: ${error.message} Fix it and replay the file again.`);
    throw error;
  } finally {
    clock?.stop();
  }
}

/** By `--speed`, `--rate`, or at once. */
export function choosePace({ speed, rate }: { speed?: number; rate?: number }): Pace {
  if (speed !== undefined) return atSpeed(speed);
  return rate === undefined ? atOnce : atRate(rate);
}

async function openSender(via: RunReplayOptions["via"], connection: Connection | null): Promise<EventSender> {
  if (via === "http" && connection) return httpSender(connection);
  if (via === "kafka") {
    const { kafkaSender } = await import("./send-kafka.ts");
    return kafkaSender(await requireKafka(readConfig()));
  }
  // Google's client takes a second to load: only Pub/Sub replays wait for it.
  const { pubsubSender } = await import("./send-pubsub.ts");
  return pubsubSender(requirePubsub(readConfig()));
}

async function readProductNow(connection: Connection): Promise<Date> {
  return new Date((await readStatus(connection)).now);
}

async function readStatus(connection: Connection): Promise<StatusJson> {
  return (await openApi(connection).GET("/status")).data as StatusJson;
}

function writeFault(file: string, { line, pointer, detail }: LineFault): string {
  return `${file}:${line}: ${pointer} ${detail}`;
}

/** The product's clock, read from its status and refreshed every two seconds; throws if the first reading fails. */
async function watchProductClock(connection: Connection): Promise<{ read(): ProductTime; stop(): void }> {
  const ask = async (): Promise<ProductTime> => {
    const status = await readStatus(connection);
    return { nowMs: Date.parse(status.now), speed: status.clock.speed, readAtMs: performance.now() };
  };
  let latest = await ask();
  const timer = setInterval(async () => {
    latest = await ask().catch(() => latest);
  }, 2_000);
  timer.unref();
  return { read: () => latest, stop: () => clearInterval(timer) };
}
