// npm run db:migrate: migrates the database at DATABASE_URL. `npm start` does the same by itself.
import { readConfig, requireKnownSettings } from "#server/config.ts";
import { migrateDatabase } from "#server/db/schema-engine.ts";
import { requireDatabaseUrl } from "#server/settings/required-settings.ts";

try {
  requireKnownSettings();
  const applied = await migrateDatabase(requireDatabaseUrl(readConfig()));
  process.stdout.write(applied.length > 0 ? `Applied ${applied.join(", ")}.\n` : "Nothing to apply.\n");
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
