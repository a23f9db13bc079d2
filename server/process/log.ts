import pino from "pino";
import { formatLogLine } from "./log-line.ts";
import { traceFields } from "./tracing.ts";

export type Log = pino.Logger;

export interface LogOptions {
  /** The process's name: "ingest", "web". */
  name: string;
  level: "debug" | "info" | "warn" | "error";
  /** `auto`: text on a terminal, JSON elsewhere. */
  format: "auto" | "text" | "json";
}

// Must never reach a log, at any depth of the logged object.
const secretFields = ["token", "adminToken", "password", "databaseUrl", "authorization", "cookie", "connectionString"];

/** As Cloud Logging names them; other collectors know these words too. */
const severities: Record<string, string> = {
  trace: "DEBUG",
  debug: "DEBUG",
  info: "INFO",
  warn: "WARNING",
  error: "ERROR",
  fatal: "CRITICAL",
};

/** A process's log on stdout: JSON, one object per line (docs/operating.md lists the fields), or the same as text for people. */
export function createLog({ name, level, format }: LogOptions): Log {
  const options: pino.LoggerOptions = {
    name,
    level,
    messageKey: "message",
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ severity: severities[label] ?? "DEFAULT" }) },
    mixin: () => traceFields() ?? {},
    redact: { paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: "[secret]" },
  };
  if (!writesText(format)) return pino(options, pino.destination({ dest: 1, sync: true }));
  return pino(options, { write: (line) => process.stdout.write(`${formatLogLine(line, process.stdout.isTTY)}\n`) });
}

export function writesText(format: LogOptions["format"]): boolean {
  return format === "text" || (format === "auto" && process.stdout.isTTY === true);
}
