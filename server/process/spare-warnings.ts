interface FieldsLog {
  error(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

const againMs = 60_000;

/** The same log, but each warning once a minute, with how often it was repeated since: in an outage every request has one. */
export function spareWarnings(log: FieldsLog): FieldsLog {
  const said = new Map<string, { atMs: number; repeated: number }>();
  return {
    error: (fields, message) => log.error(fields, message),
    warn(fields, message) {
      const nowMs = performance.now();
      const last = said.get(message);
      if (last && nowMs - last.atMs < againMs) {
        last.repeated += 1;
        return;
      }
      said.set(message, { atMs: nowMs, repeated: 0 });
      log.warn(last && last.repeated > 0 ? { ...fields, repeated: last.repeated } : fields, message);
    },
  };
}
