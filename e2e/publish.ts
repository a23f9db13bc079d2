import { cloudEvent } from "./cloud-event.ts";

/** Publishes one message on Tidemark's topic at Google's emulator, by its REST API. */
export async function publish(emulatorHost: string, payload: string): Promise<void> {
  const data = Buffer.from(payload).toString("base64");
  const response = await fetch(`http://${emulatorHost}/v1/projects/e2e/topics/tidemark-events:publish`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ messages: [{ data, attributes: { "content-type": "application/cloudevents+json" } }] }),
  });
  if (!response.ok) throw new Error(`Publishing answered ${response.status}: ${await response.text()}`);
}

/** A report that a broken reporter might send: with a negative count. `reporter` makes it unique. */
export function unreadableMessage(reporter: string): string {
  return countersMessage(reporter, -3);
}

export function countersMessage(reporter: string, events: number): string {
  const reports = [{ eventType: "PodcastPing", hour: "2026-11-20T10", events }];
  return JSON.stringify(
    cloudEvent("counters", "2026-11-20T13:19:00Z", { dc: "lon", stage: "produced", reporter, reports }),
  );
}
