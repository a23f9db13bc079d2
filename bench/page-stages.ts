import type { Product } from "#test/product/start-product.ts";

/** Where one page's milliseconds went. */
export interface Stages {
  /**
   * From sending the fact until a judge began the transaction that saw it: transport, commit, and the judge's work before it.
   */
  taken: number;
  /** From there until a flush began to decide on notifying: judging, the commit, and the job. */
  judged: number;
  /** From there to the page's last byte: deciding, the job, and the sending. */
  notified: number;
}

/** From the product's own instants: when the incident was opened, and when its first message was written. */
export async function readStages(
  product: Product,
  incident: string,
  { saidAtMs, arrivedAtMs }: { saidAtMs: number; arrivedAtMs: number },
): Promise<Stages | null> {
  const { openedAt, deliveries } = await product.get<{ openedAt: string; deliveries: { createdAt: string }[] }>(
    `/incidents/${incident}`,
  );
  const [first] = deliveries.map(({ createdAt }) => inRun(createdAt)).sort((a, b) => a - b);
  if (first === undefined) return null;
  return { taken: inRun(openedAt) - saidAtMs, judged: first - inRun(openedAt), notified: arrivedAtMs - first };
}

/** An instant on the scale of performance.now(). */
function inRun(at: string): number {
  return Date.parse(at) - performance.timeOrigin;
}
