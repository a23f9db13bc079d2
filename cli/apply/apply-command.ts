import { Command } from "commander";
import { print } from "../print.ts";
import { apply } from "./apply.ts";

export function applyCommand(): Command {
  const collect = (file: string, files: string[]) => [...files, file];
  return new Command("apply")
    .requiredOption(
      "-f, --file <path>",
      "a file, a folder (recursive), or - for standard input; repeatable",
      collect,
      [],
    )
    .option("--dry-run", "only show the difference", false)
    .option("--json", "print the API's response", false)
    .action(async (options: { file: string[]; dryRun: boolean; json: boolean }) =>
      (await apply(options)).forEach(print),
    );
}
