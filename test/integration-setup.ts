import type { TestProject } from "vitest/node";
import { migrateDatabase } from "#server/db/schema-engine.ts";
import { startTestPostgres } from "./test-postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The server's URL without a database name. */
    postgresUrl: string;
    templateDatabase: string;
    /** Without a database name; empty unless the run's PostgreSQL is a Citus coordinator. */
    citusWorkers: string[];
  }
}

const templateDatabase = "tidemark_template";

/** One PostgreSQL for the whole run, with one migrated template that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres();
  try {
    await postgres.createDatabase(templateDatabase);
    await migrateDatabase(`${postgres.url}/${templateDatabase}`);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  project.provide("postgresUrl", postgres.url);
  project.provide("templateDatabase", templateDatabase);
  project.provide("citusWorkers", []);
  return () => postgres.stop();
}
