import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import type { Prisma, PrismaClient } from "./generated/client.ts";

const require = createRequire(import.meta.url);
/** Loaded at its first use: it takes 11 MB of a process, and most workers never need it. */
const load = () => require("./generated/client.ts") as typeof import("./generated/client.ts");

export function createPrisma(pool: pg.Pool): PrismaClient {
  return new (load().PrismaClient)({ adapter: new PrismaPg(pool) });
}

/** SQL's NULL in a nullable jsonb column, where null would be JSON's. */
export function databaseNull(): typeof Prisma.DbNull {
  return load().Prisma.DbNull;
}
