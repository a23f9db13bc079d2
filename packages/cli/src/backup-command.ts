import { Command } from "commander";
import { CliError } from "../../../cli/cli-error.ts";

export const backupCommand = () => elsewhere("backup");
export const restoreCommand = () => elsewhere("restore");
export const resumeCommand = () => elsewhere("resume");

/** They work on the database itself, with PostgreSQL's own programs. */
function elsewhere(name: string): Command {
  return new Command(name)
    .argument("[file]")
    .allowUnknownOption()
    .action(() => {
      throw new CliError(
        `This package does not reach the database. Run \`npx tidemark ${name}\` in Tidemark's folder, where DATABASE_URL is set.`,
      );
    });
}
