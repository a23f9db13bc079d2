import { defineConfig } from "vitest/config";

/** `unit` needs nothing and takes seconds; `integration` starts one real PostgreSQL for all of its files. */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: ["**/*.int.test.ts", "**/node_modules/**", ".next/**"],
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
    ],
  },
});
