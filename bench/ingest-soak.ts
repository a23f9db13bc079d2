import type { CloudEvent } from "#simulator/messages.ts";
import type { IngestPath } from "./ingest.ts";
import { residentBytes } from "./machine.ts";

const mib = 2 ** 20;

/**
 * Sends load for this many seconds and watches the ingesting process's resident memory. The growth is the slope of a straight
 * line through the samples of the second half, when its caches are full.
 */
export async function soak(path: IngestPath, load: (events: number) => CloudEvent[], seconds: number): Promise<string> {
  const samples: { atSeconds: number; bytes: number }[] = [];
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1000;
  const sampler = setInterval(async () => {
    const bytes = await residentBytes(path.pid);
    if (bytes !== null) samples.push({ atSeconds: elapsed(), bytes });
  }, 1_000);
  let reports = 0;
  for (let events = 3_000; elapsed() < seconds; events += 1) {
    const messages = load(events);
    await path.run(messages);
    reports += messages.length * 100;
  }
  clearInterval(sampler);
  const peak = Math.max(...samples.map((sample) => sample.bytes));
  const growth = slope(samples.slice(samples.length >> 1)) * 600;
  return (
    `${path.name}: ${Math.round(reports / elapsed()).toLocaleString("en-US")} reports/s for ${Math.round(elapsed())} s, ` +
    `peak ${Math.round(peak / mib)} MiB resident, growth ${(growth / mib).toFixed(1)} MiB in ten minutes (second half)`
  );
}

/** Bytes per second, by least squares. */
function slope(samples: { atSeconds: number; bytes: number }[]): number {
  const meanOf = (pick: (sample: { atSeconds: number; bytes: number }) => number) =>
    samples.reduce((sum, sample) => sum + pick(sample), 0) / samples.length;
  const at = meanOf((sample) => sample.atSeconds);
  const bytes = meanOf((sample) => sample.bytes);
  const covariance = samples.reduce((sum, sample) => sum + (sample.atSeconds - at) * (sample.bytes - bytes), 0);
  const variance = samples.reduce((sum, sample) => sum + (sample.atSeconds - at) ** 2, 0);
  return variance === 0 ? 0 : covariance / variance;
}
