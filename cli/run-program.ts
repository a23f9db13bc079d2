import { CliError } from "./cli-error.ts";
import { createProgram } from "./program.ts";

/** Runs the command that the arguments name; a failure is its sentence on stderr and an exit code. */
export async function runProgram(): Promise<void> {
  try {
    await (await createProgram(process.argv.slice(2))).parseAsync();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.message !== "") process.stderr.write(`${error.message}\n`);
    process.exitCode = error instanceof CliError ? error.exitCode : 1;
  }
}
