import { setTimeout as sleep } from "node:timers/promises";
import type { DeliveryDetailJson } from "#domain/api/deliveries.ts";
import type { Context } from "#server/access/index.ts";
import { readDelivery } from "#server/outbox/index.ts";

const patienceMs = 20_000;
const lookEveryMs = 100;

/** Waits for the result of a delivery its caller just queued; after 20 s returns it as it is. */
export async function awaitDelivery(ctx: Context, id: bigint | null): Promise<DeliveryDetailJson> {
  // Whoever may send it may also see its result.
  const reader: Context = { ...ctx, scopes: new Set(["read", "respond"]) };
  const endsMs = performance.now() + patienceMs;
  for (;;) {
    const delivery = await readDelivery({ ctx: reader, input: { id: String(id) } });
    if (delivery.state !== "queued" || performance.now() > endsMs) return delivery;
    await sleep(lookEveryMs);
  }
}
