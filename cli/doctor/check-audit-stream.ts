import { readStream } from "#server/audit/index.ts";
import type { Database } from "#server/db/database.ts";
import { bad, type Finding, note, ok } from "./check.ts";

/** As the alert that docs/operating.md advises. */
const latestSeconds = 600;

/** Whether the webhook of the audit log has what it should; nothing where there is none. */
export async function checkAuditStream({ sql }: Pick<Database, "sql">, isSet: boolean): Promise<Finding[]> {
  const stream = await readStream(sql);
  if (!isSet) {
    const left =
      "Audit log: it was sent to a webhook once, and TIDEMARK_AUDIT_WEBHOOK is not set now. Nothing is sent.";
    return stream === null ? [] : [note(left)];
  }
  if (stream === null) return [note("Audit log: nothing was sent yet. The notify worker begins when it starts.")];
  const minutes = Math.round(stream.delaySeconds / 60);
  if (stream.delaySeconds <= latestSeconds)
    return [ok("Audit log: its webhook has every entry of more than 10 min ago.")];
  const remedy = "The log of the notify worker says what the receiver answers; nothing is lost meanwhile.";
  return [
    bad(`Audit log: the oldest entry that TIDEMARK_AUDIT_WEBHOOK has not accepted is ${minutes} min old. ${remedy}`),
  ];
}
