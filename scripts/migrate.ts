// npm run db:migrate: migrates the database at DATABASE_URL, once it answers. Several at once wait for each other. `npm start` does the
// same by itself.
import { readConfig, requireKnownSettings } from "#server/config.ts";
import { migrateWhenReachable } from "#server/db/migrate-when-reachable.ts";
import { requireDirectUrl } from "#server/settings/required-settings.ts";

try {
  requireKnownSettings();
  const say = (sentence: string) => void process.stdout.write(`${sentence}\n`);
  const config = readConfig();
  const applied = await migrateWhenReachable(requireDirectUrl(config), {
    distributed: config.TIDEMARK_DATABASE_DISTRIBUTED,
    say,
  });
  process.stdout.write(applied.length > 0 ? `Applied ${applied.join(", ")}.\n` : "Nothing to apply.\n");
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
