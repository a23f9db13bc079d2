interface LogRecord {
  level: number;
  time: number;
  name?: string;
  msg?: string;
  err?: { stack?: string; message?: string };
}

const levelWords: Record<number, string> = { 20: "debug", 40: "WARN", 50: "ERROR", 60: "FATAL" };
const levelColours: Record<number, number> = { 20: 90, 40: 33, 50: 31, 60: 31 };
const grey = 90;
// Fields that a person reading along does not need.
const hidden = new Set(["level", "time", "pid", "hostname", "name", "msg", "err"]);

/** Formats a pino JSON line as text: `12:04:05 ingest  Took 12 events. batches=3`. Anything else stays unchanged. */
export function formatLogLine(line: string, coloured = false): string {
  const record = readLogRecord(line);
  if (!record) return line.trimEnd();
  const paint = (code: number | undefined, text: string) =>
    coloured && code ? `\u001b[${code}m${text}\u001b[0m` : text;
  const time = new Date(record.time).toISOString().slice(11, 19);
  const word = levelWords[record.level];
  const fields = Object.entries(record)
    .filter(([key]) => !hidden.has(key))
    .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  const head = [
    paint(grey, time),
    paint(grey, (record.name ?? "").padEnd(10)),
    word && paint(levelColours[record.level], word),
  ];
  const text = [...head, record.msg, paint(grey, fields.join(" "))].filter((part) => part).join(" ");
  const trace = record.err?.stack ?? record.err?.message;
  return trace ? `${text}\n${trace.replace(/^/gm, "    ")}` : text;
}

/** null if it is not a pino line. */
export function readLogRecord(line: string): LogRecord | null {
  if (!line.startsWith("{")) return null;
  try {
    const record = JSON.parse(line) as Partial<LogRecord>;
    return typeof record.level === "number" && typeof record.time === "number" ? (record as LogRecord) : null;
  } catch {
    return null;
  }
}
