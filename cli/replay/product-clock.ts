import type { StatusJson } from "#domain/api/board.ts";
import type { ProductTime } from "./pace.ts";

/** The product's clock, read from its status and refreshed every two seconds; throws if the first reading fails. */
export async function watchProductClock({
  url,
  token,
}: {
  url: string;
  token: string;
}): Promise<{ read(): ProductTime; stop(): void }> {
  const ask = async (): Promise<ProductTime> => {
    const response = await fetch(`${url}/api/v1/status`, { headers: { authorization: `Bearer ${token}` } });
    if (!response.ok) throw new Error(`${url}/api/v1/status answered ${response.status}.`);
    const status = (await response.json()) as StatusJson;
    return { nowMs: Date.parse(status.now), speed: status.clock.speed, readAtMs: performance.now() };
  };
  let latest = await ask();
  const timer = setInterval(async () => {
    latest = await ask().catch(() => latest);
  }, 2_000);
  timer.unref();
  return { read: () => latest, stop: () => clearInterval(timer) };
}
