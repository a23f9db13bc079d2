import { defineConfig } from "vitest/config";

/** `unit` needs nothing and takes seconds; `integration` starts one real PostgreSQL for all of its files; `product` starts everything, built. */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: ["**/*.int.test.ts", "**/*.product.test.ts", "**/node_modules/**", ".next/**"],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["**/*.int.test.ts"],
          exclude: ["**/node_modules/**", ".next/**"],
          globalSetup: ["test/integration-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Each file has a database of its own; more than two at once only fight for the machine.
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: "product",
          include: ["**/*.product.test.ts"],
          exclude: ["**/node_modules/**", ".next/**"],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // Each starts the whole product: one at a time.
          maxWorkers: 1,
        },
      },
    ],
  },
});
