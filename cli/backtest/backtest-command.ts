import { Command, InvalidArgumentError } from "commander";
import { parseHour } from "#domain/hour.ts";
import { CliError } from "../cli-error.ts";
import { askBacktest } from "./ask-backtest.ts";
import { writeBacktest } from "./write-backtest.ts";

interface Options {
  file?: string;
  from?: string;
  to?: string;
  json: boolean;
}

/** `tidemark backtest`: what a rule would have done, before it is enabled. */
export function backtestCommand(): Command {
  return new Command("backtest")
    .argument("[rule]", "the name of an existing rule")
    .option("-f, --file <path>", "a file or folder with one AlertRule document")
    .option("--from <hour>", "the first hour, like 2026-10-22T00 (default: 30 days before --to)", readHour)
    .option("--to <hour>", "the hour to stop before (default: the current hour)", readHour)
    .option("--json", "print the API's response", false)
    .action(async (rule: string | undefined, { file, from, to, json }: Options) => {
      if ((rule === undefined) === (file === undefined)) {
        throw new CliError("Name a rule, or pass a file with -f: `tidemark backtest deadline-near`.");
      }
      const found = await askBacktest({ rule: rule ?? null, file: file ?? null, from: from ?? null, to: to ?? null });
      process.stdout.write(`${json ? JSON.stringify(found, null, 2) : writeBacktest(found).join("\n")}\n`);
    });
}

function readHour(text: string): string {
  if (!parseHour(text)) throw new InvalidArgumentError("Write an hour like 2026-11-22T13.");
  return text;
}
