import type { TestProject } from "vitest/node";
import { placeTables } from "#server/db/citus/place-tables.ts";
import { migrateDatabase } from "#server/db/schema-engine.ts";
import { closeDatabase, createCitusDatabase, startCitus } from "./citus.ts";
import { hasCitus } from "./citus-installed.ts";

const templateDatabase = "tidemark_template";
const workers = 2;

/** A Citus coordinator with two workers, and on each the template that every test file clones. Nothing where there is no Citus. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  project.provide("templateDatabase", templateDatabase);
  if (!hasCitus) {
    project.provide("postgresUrl", "");
    project.provide("citusWorkers", []);
    return undefined;
  }
  const citus = await startCitus(workers);
  try {
    await createCitusDatabase(citus.nodes, templateDatabase);
    await migrateDatabase(`${citus.nodes[0]}/${templateDatabase}`);
    await placeTables(`${citus.nodes[0]}/${templateDatabase}`, "citus");
    await Promise.all(citus.nodes.map((node) => closeDatabase(node, templateDatabase)));
  } catch (error) {
    await citus.stop();
    throw error;
  }
  const [coordinator, ...others] = citus.nodes as [string, ...string[]];
  project.provide("postgresUrl", coordinator);
  project.provide("citusWorkers", others);
  return () => citus.stop();
}
