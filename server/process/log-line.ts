interface LogRecord {
  severity: string;
  /** ISO 8601, in UTC. */
  time: string;
  name?: string;
  message?: string;
  err?: { stack?: string; message?: string };
}

const severityWords: Record<string, string> = { DEBUG: "debug", WARNING: "WARN", ERROR: "ERROR", CRITICAL: "FATAL" };
const severityColours: Record<string, number> = { DEBUG: 90, WARNING: 33, ERROR: 31, CRITICAL: 31 };
const grey = 90;
// Fields that a person reading along does not need.
const hidden = new Set(["severity", "time", "pid", "hostname", "name", "message", "err"]);

/** Formats a line of the JSON log as text: `12:04:05 ingest  Took 12 events. batches=3`. Anything else stays unchanged. */
export function formatLogLine(line: string, coloured = false): string {
  const record = readLogRecord(line);
  if (!record) return line.trimEnd();
  const paint = (code: number | undefined, text: string) =>
    coloured && code ? `\u001b[${code}m${text}\u001b[0m` : text;
  const time = record.time.slice(11, 19);
  const word = severityWords[record.severity];
  const fields = Object.entries(record)
    .filter(([key]) => !hidden.has(key))
    .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  const head = [
    paint(grey, time),
    paint(grey, (record.name ?? "").padEnd(10)),
    word && paint(severityColours[record.severity], word),
  ];
  const text = [...head, record.message, paint(grey, fields.join(" "))].filter((part) => part).join(" ");
  const trace = record.err?.stack ?? record.err?.message;
  return trace ? `${text}\n${trace.replace(/^/gm, "    ")}` : text;
}

/** null if it is not a line of the log. */
export function readLogRecord(line: string): LogRecord | null {
  if (!line.startsWith("{")) return null;
  try {
    const record = JSON.parse(line) as Partial<LogRecord>;
    return typeof record.severity === "string" && typeof record.time === "string" ? (record as LogRecord) : null;
  } catch {
    return null;
  }
}
