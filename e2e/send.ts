export interface Tidemark {
  url: string;
  token: string;
}

/** Sends CloudEvents in one batch, so that they are committed together. */
export async function sendEvents(to: Tidemark, events: readonly unknown[]): Promise<void> {
  await post(to, "/events", "application/cloudevents-batch+json", events);
}

/** Applies catalogue documents. */
export async function sendCatalogue(to: Tidemark, documents: readonly unknown[]): Promise<void> {
  await post(to, "/catalogue", "application/json", documents);
}

async function post({ url, token }: Tidemark, path: string, type: string, body: unknown): Promise<void> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": type },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
}
