import { defineConfig } from "prisma/config";

/** For Prisma's own command line; Tidemark itself migrates through server/db/migrate-database.ts. */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
