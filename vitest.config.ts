import { defineConfig } from "vitest/config";
import "./server/process/keep-compiled.mjs";
import { hasCitus } from "./test/citus-installed.ts";
import { longProductTests, longTests } from "./test/long-tests.ts";
import { SlowFirst } from "./test/slow-first.ts";

const exclude = ["**/node_modules/**", ".next/**", ".next-*/**"];
/** What runs by itself on Node needs no bundler between: Node's own loader finds it compiled (server/process/keep-compiled.mjs). */
const native = { viteModuleRunner: false, nodeLoader: false };
/**
 * On a Citus coordinator with two workers: its own tests and a month of flights; with TIDEMARK_TEST_CITUS=all whatever writes or reads
 * distributed tables.
 */
const nouns = ["facts", "verdicts", "board", "slo", "alerts", "corrections", "explain", "backtest"];
const onCitus = ["**/*.citus.test.ts", hasCitus ? "server/facts/flights.int.test.ts" : []].flat();
const allOnCitus = nouns.map((noun) => `server/${noun}/**/*.int.test.ts`);
/** At 2,000 times real speed half a second is a quarter of an hour: nothing else runs beside it. */
const lived = "test/product/lived-clock.product.test.ts";
/** Several machines, a standby and the previous release: minutes of starting and waiting, for `npm run drill:machines`. */
const machines = "test/{drill,failover,fleet,upgrade}/*.product.test.ts";

const integration = {
  globalSetup: ["test/integration-setup.ts"],
  // Longer than any wait in a test, so that what was waited for is said.
  testTimeout: 180_000,
  hookTimeout: 180_000,
  experimental: native,
  // What a module remembers it remembers of one database: a third of the time would go into loading the same modules again.
  isolate: false,
  // Each file has a database of its own, and one in three mostly waits for something.
  maxWorkers: 3,
};
const product = {
  testTimeout: 900_000,
  hookTimeout: 300_000,
  // Each starts the whole product, and mostly waits for it: for leases, rests and replays.
  maxWorkers: 3,
};

/**
 * `unit` needs nothing and takes seconds; `integration` starts one real PostgreSQL for all of its files; `product` starts everything,
 * built. `long`, `long-product` and `lived` are `npm run test:long`.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: ["**/*.int.test.ts", "**/*.product.test.ts", "**/*.citus.test.ts", ...exclude],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // They share nothing that one could leave behind for the next: modules are loaded once for all of them.
          isolate: false,
          // Vitest would leave one core idle.
          maxWorkers: "100%",
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["**/*.int.test.ts"],
          exclude: [...longTests, ...exclude],
          ...integration,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: "long", include: longTests, exclude, ...integration, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          name: "citus",
          include: process.env.TIDEMARK_TEST_CITUS === "all" ? [...onCitus, ...allOnCitus] : onCitus,
          exclude,
          globalSetup: ["test/citus-setup.ts"],
          testTimeout: 900_000,
          hookTimeout: 180_000,
          experimental: native,
          isolate: false,
          maxWorkers: integration.maxWorkers,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "product",
          include: ["**/*.product.test.ts"],
          exclude: [lived, machines, ...longProductTests, ...exclude],
          ...product,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: { name: "long-product", include: longProductTests, ...product, sequence: { groupOrder: 2 } },
      },
      {
        extends: true,
        test: {
          name: "machines",
          include: [machines],
          exclude,
          testTimeout: 900_000,
          hookTimeout: 300_000,
          maxWorkers: 1,
          sequence: { groupOrder: 4 },
        },
      },
      {
        extends: true,
        test: {
          name: "lived",
          include: [lived],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
