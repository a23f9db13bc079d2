import { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { print, remark } from "../print.ts";

/** `tidemark secrets`: what protects the secrets in the database. Works on the database itself, with the keys of the settings. */
export function secretsCommand(): Command {
  const secrets = new Command("secrets");
  secrets
    .command("status", { isDefault: true })
    .description("count the secrets by the key that encrypts them")
    .option("--json", "print JSON", false)
    .action(async ({ json }: { json: boolean }) => {
      // Loaded on demand, as for doctor: the database's client takes longer to load than other commands to run.
      const { withSecrets, writeStatus } = await import("./secrets-status.ts");
      const found = await withSecrets(async ({ counts, currentId }) => ({ counts, currentId }));
      if (json) print(JSON.stringify(found, null, 2));
      else writeStatus(found).forEach(print);
    });
  secrets
    .command("rotate")
    .description(
      "encrypt every secret with TIDEMARK_ENCRYPTION_KEY, while Tidemark runs; exits 1 if one stays unreadable",
    )
    .option("--drop-lost", "drop what no key decrypts and Tidemark can make again", false)
    .action(async ({ dropLost }: { dropLost: boolean }) => {
      const { rotate } = await import("./rotate.ts");
      const { sentences, isWhole } = await rotate({ dropLost, onProgress: remark });
      sentences.forEach(print);
      if (!isWhole) throw new CliError("Keep the old keys until no secret needs them.");
    });
  return secrets;
}
