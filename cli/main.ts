#!/usr/bin/env node
import "#server/process/require-node.mjs";
import { ConfigError } from "#server/config.ts";
import { CliError } from "./cli-error.ts";
import { createProgram } from "./program.ts";

try {
  await createProgram().parseAsync();
} catch (error) {
  if (!(error instanceof CliError || error instanceof ConfigError || error instanceof Error)) throw error;
  if (error.message !== "") process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof CliError ? error.exitCode : 1;
}
