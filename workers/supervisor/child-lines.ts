import type { Config } from "#server/config.ts";
import { createLog, type Log, writesText } from "#server/process/log.ts";
import { formatLogLine, readLogRecord } from "#server/process/log-line.ts";
import type { ChildDeps } from "./keep-running.ts";

/** Passes on children's output: their log as it is or as text, anything else as a line of their log. */
export function passLines(config: Config): ChildDeps["onLine"] {
  const logs = new Map<string, Log>();
  const asText = writesText(config.TIDEMARK_LOG_FORMAT);
  return (name, line, source) => {
    if (line.trim() === "") return;
    if (readLogRecord(line)) {
      process.stdout.write(`${asText ? formatLogLine(line, process.stdout.isTTY) : line}\n`);
      return;
    }
    let log = logs.get(name);
    if (!log) {
      log = createLog({ name, level: config.TIDEMARK_LOG_LEVEL, format: config.TIDEMARK_LOG_FORMAT });
      logs.set(name, log);
    }
    const text = line.startsWith(`${name}: `) ? line.slice(name.length + 2) : line;
    if (source === "stderr") log.warn(text);
    else log.info(text);
  };
}
