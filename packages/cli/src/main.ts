#!/usr/bin/env node
import { CliError } from "../../../cli/cli-error.ts";
import { createProgram } from "../../../cli/program.ts";

try {
  await createProgram().parseAsync();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  if (error.message !== "") process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof CliError ? error.exitCode : 1;
}
