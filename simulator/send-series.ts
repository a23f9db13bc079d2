import { measuredSeries } from "./measured.ts";
import type { Product } from "./product.ts";
import type { Simulation } from "./simulation.ts";

/** Points of before the start, so that the first collection finds some that are visible already. */
const aheadMs = 15 * 60_000;

export interface SeriesSender {
  /** Sends what Google sampled up to the instant and was not sent before. */
  send(at: Date): Promise<void>;
}

/** Puts the series of the measured lanes into a look-alike of Cloud Monitoring, whose project is at `url`. */
export function seriesSender(product: Product, simulation: Simulation, url: string): SeriesSender {
  let sentUntil: Date | null = null;
  let isFailing = false;
  return {
    async send(at) {
      const least = at.getTime() - aheadMs;
      const fromAt = new Date(Math.max(least, sentUntil?.getTime() ?? least));
      const timeSeries = measuredSeries(simulation, fromAt, at);
      if (timeSeries.length === 0) return;
      const failure = await post(`${url}/timeSeries:createService`, { timeSeries }, product.signal);
      if (failure === null) sentUntil = at;
      else if (!isFailing) product.say(`Cloud Monitoring's look-alike does not take series: ${failure}. Trying again.`);
      isFailing = failure !== null;
    },
  };
}

async function post(url: string, body: object, signal: AbortSignal): Promise<string | null> {
  try {
    const headers = { "content-type": "application/json" };
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body), signal });
    const text = await response.text();
    return response.ok ? null : `${response.status} ${text.slice(0, 500)}`;
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof Error ? error.message : String(error);
  }
}
