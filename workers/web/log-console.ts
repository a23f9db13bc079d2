import { format, stripVTControlCharacters } from "node:util";
import { isDatabaseUnreachable } from "#server/db/database-unreachable.ts";
import type { Log } from "#server/process/log.ts";
import { spareWarnings } from "#server/process/spare-warnings.ts";

/**
 * Next writes to the console, a stack trace over many lines: each becomes one entry of the log. Pages that failed because the database
 * went away while they were made are one warning a minute.
 */
export function logConsole(log: Log): void {
  const spared = spareWarnings(log);
  const textOf = (args: unknown[]) => stripVTControlCharacters(format(...args)).trim();
  const sayTrouble =
    (level: "error" | "warn") =>
    (...args: unknown[]) => {
      const err = args.find((arg) => arg instanceof Error);
      if (isDatabaseUnreachable(err)) spared.warn({ err }, "a page could not be made without the database");
      else log[level](textOf(args));
    };
  console.error = sayTrouble("error");
  console.warn = sayTrouble("warn");
  console.log = (...args) => log.info(textOf(args));
  console.info = console.log;
}
