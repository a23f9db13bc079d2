import type { Context } from "#server/access/context.ts";
import type { Sql } from "#server/db/database.ts";
import { markAlertsDue } from "#server/hours/mark-alerts-due.ts";
import type { JudgedHour } from "#server/hours/write-verdicts.ts";
import { evaluateAlerts } from "./evaluate-alerts.ts";
import { judgedTypes } from "./judged-types.ts";

/**
 * Looks at the rules about the types whose hours were judged, in the judge's own transaction: a page needs no polling. Whatever
 * fails here is undone by itself and left to time's tick: alerting never keeps a verdict from being committed.
 */
export async function alertJudged(
  tx: Sql,
  { ctx, judged, onFailure }: { ctx: Context; judged: readonly JudgedHour[]; onFailure: (error: unknown) => void },
): Promise<void> {
  const types = judgedTypes(judged, ctx.clock.now());
  if (types.length === 0) return;
  await tx.query("SAVEPOINT alerting");
  try {
    await evaluateAlerts(tx, { ctx, input: { eventTypeIds: types, historyOf: types } });
    await tx.query("RELEASE SAVEPOINT alerting");
  } catch (error) {
    await tx.query("ROLLBACK TO SAVEPOINT alerting");
    onFailure(error);
    await markAlertsDue(tx, types, ctx.clock.now());
  }
}
