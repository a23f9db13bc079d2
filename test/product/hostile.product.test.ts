import { afterAll, beforeAll, expect, test } from "vitest";
import { openPublisher, type Publisher } from "#server/adapters/pubsub.ts";
import type { PubsubEmulator } from "#server/adapters/pubsub-emulator.ts";
import { startHonestLoad } from "#test/hostile/honest-load.ts";
import { findLost, type HonestScene, setHonestScene } from "#test/hostile/honest-scene.ts";
import { readProductMemory } from "#test/hostile/product-memory.ts";
import { makeStolenTokens, startFlood } from "#test/hostile/start-flood.ts";
import { hasPubsubEmulator, startTestPubsub } from "#test/pubsub.ts";
import { until } from "#test/until.ts";
import { type Product, startProduct } from "./start-product.ts";

// Hostile clients of every kind beside honest reporters, a job at the gate, an event stream and readers. How long each of them waits is
// measured (bench/hostile.ts), not tested.
const clients = 40;
/** Honest requests that are answered under attack. */
const honest = 200;
const projectId = "hostile";
/** Far above what any process of a small product needs, below what one that keeps what it is sent would reach. */
const mostBytes = 1.5 * 1024 ** 3;

let emulator: PubsubEmulator | null = null;
let publisher: Publisher | null = null;
let product: Product;
let scene: HonestScene;

beforeAll(async () => {
  emulator = hasPubsubEmulator ? await startTestPubsub() : null;
  const pubsub = emulator && { PUBSUB_PROJECT_ID: projectId, PUBSUB_EMULATOR_HOST: emulator.host };
  product = await startProduct({ ...pubsub });
  scene = await setHonestScene(product);
  publisher = emulator && (await openPublisher({ projectId, emulatorHost: emulator.host }));
});
afterAll(async () => {
  await publisher?.close();
  await product?.stop();
  await emulator?.stop();
});

test("hostile clients lose nothing of what honest ones send, end no process, and are answered no 500", async () => {
  const processes = await readProductMemory(product.dataFolder);
  const load = await startHonestLoad({ product, publisher, ...scene });
  const pubsub = emulator && { projectId, emulatorHost: emulator.host };
  const flood = await startFlood({ url: product.url, tokens: await makeStolenTokens(product), clients, pubsub });
  let answeredHonest = 0;
  await until(`${honest} honest requests were answered under attack`, async () => {
    for (const times of load.takeLatencies().values()) answeredHonest += times.length;
    return answeredHonest >= honest || `${answeredHonest} so far`;
  });
  const underAttack = await readProductMemory(product.dataFolder);
  const { answers } = await flood.stop();
  await load.stop();

  expect([...load.failures]).toEqual([]);
  expect(await findLost(product, scene, load.ledger)).toEqual([]);
  const answered = Object.entries(answers).flatMap(([kind, counts]) =>
    Object.keys(counts).map((status) => `${kind}: ${status}`),
  );
  expect(answered.length).toBeGreaterThan(10);
  expect(answered.filter((each) => /: 5\d\d$/.test(each) && !each.endsWith(": 503"))).toEqual([]);
  const names = (list: typeof processes) => list.map(({ pid, name }) => `${name} ${pid}`).sort();
  expect(names(underAttack)).toEqual(names(processes));
  for (const { name, bytes } of underAttack) expect([name, bytes < mostBytes]).toEqual([name, true]);
});
