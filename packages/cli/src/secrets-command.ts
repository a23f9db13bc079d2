import { Command } from "commander";
import { CliError } from "../../../cli/cli-error.ts";

/** `tidemark secrets` works on the database itself, with the keys of its settings. */
export function secretsCommand(): Command {
  return new Command("secrets")
    .argument("[command...]")
    .allowUnknownOption()
    .action(() => {
      throw new CliError(
        "This package does not reach the database. Run `npx tidemark secrets` in Tidemark's folder, where DATABASE_URL and the encryption keys are set.",
      );
    });
}
