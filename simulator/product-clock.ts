import { type Product, readStatus } from "./product.ts";

/** The product's time, which in a drill may be in another year and run faster. */
export interface ProductClock {
  now(): Date;
  /** Product seconds per real second. */
  readonly speed: number;
  /** Asks the product again when its last answer is half a minute old. */
  sync(): Promise<void>;
}

// Clocks drift, and a product restarted in a drill restarts its clock.
const syncEveryMs = 30_000;

export async function followClock(product: Product): Promise<ProductClock> {
  let known = await ask(product);
  return {
    now: () => new Date(known.productMs + (performance.now() - known.atMs) * known.speed),
    get speed() {
      return known.speed;
    },
    async sync() {
      if (performance.now() - known.atMs > syncEveryMs) known = await ask(product);
    },
  };
}

async function ask(product: Product): Promise<{ productMs: number; atMs: number; speed: number }> {
  const { now, clock } = await readStatus(product);
  return { productMs: Date.parse(now), atMs: performance.now(), speed: clock.speed };
}
