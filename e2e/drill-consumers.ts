import type { Tidemark } from "./send.ts";

/** Consumers of the fleet's types. Nothing listens at the webhook's URL; nothing is sent before an hour changes. */
const consumers = [
  { eventType: "EndSong", name: "royalties-daily", contact: "#royalties", minCompleteness: 0.9999 },
  { eventType: "PlayStart", name: "artist-pages", contact: "plays-oncall@example.com", description: "Counts plays." },
  { eventType: "AdImpression", name: "ads-billing", contact: "Billing, on call" },
];
const webhook = {
  eventType: "EndSong",
  consumer: "royalties-daily",
  url: "https://royalties.example.com/tidemark",
  events: ["complete", "amended", "incomplete"],
};

export async function registerConsumers(to: Tidemark): Promise<void> {
  for (const { eventType, name, ...spec } of consumers) {
    await send(to, "PUT", `/event-types/${eventType}/consumers/${name}`, spec);
  }
  await send(to, "POST", "/subscriptions", webhook);
}

async function send({ url, token }: Tidemark, method: string, path: string, body: object): Promise<void> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
}
