import { historyMessages } from "./history.ts";
import { snapshotMessages } from "./live.ts";
import type { CloudEvent } from "./messages.ts";
import { readStatus, waitUntilJudged, waitUntilTaken } from "./product.ts";
import { type Line, reportPast } from "./report-past.ts";
import type { Story } from "./story.ts";

/** Sends everything up to `until`, waits until it is judged, and prints how long that took. */
export async function reportHistory(line: Line, { simulation, reportedUntil }: Story, until: Date): Promise<void> {
  const startedAtMs = performance.now();
  const sent = { messages: 0, events: 0 };
  await reportPast(line, counted(historyMessages(simulation, reportedUntil, until), sent));
  const taken = (await readStatus(line.product)).ingest.messages;
  const present = [...counted(snapshotMessages(simulation, null, until), sent)];
  await line.sender.send(present);
  if (line.queued) await waitUntilTaken(line.product, taken + present.length);
  const sentMs = performance.now() - startedAtMs;
  await waitUntilJudged(line.product);
  const days = ((until.getTime() - reportedUntil.getTime()) / 86_400_000).toFixed(1).replace(/\.0$/, "");
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  line.product.say(
    `${days} days of history: ${sent.events.toLocaleString("en-US")} events' counts in ` +
      `${sent.messages.toLocaleString("en-US")} messages, sent in ${seconds(sentMs)}, ` +
      `judged in ${seconds(performance.now() - startedAtMs)}.`,
  );
}

function* counted(messages: Iterable<CloudEvent>, sent: { messages: number; events: number }): Generator<CloudEvent> {
  for (const message of messages) {
    sent.messages++;
    const { stage, reports } = message.data;
    if (stage === "produced" && reports)
      for (const { events } of reports as { events: number }[]) sent.events += events;
    yield message;
  }
}
