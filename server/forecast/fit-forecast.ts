import { type FittedModel, fitModel, modelVersion } from "#domain/forecast.ts";
import { addHours } from "#domain/hour.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { historyHours, loadHistory } from "./load-history.ts";

export type Fitted = Pick<FittedModel, "rows" | "heldOut">;

/**
 * Refits the model to the last 30 days of closings, and deletes older samples. Null if nothing was ever closed: then
 * there is no model and no forecast. Run under a lease; running twice at once is harmless, only double work.
 */
export async function fitForecast({ ctx }: { ctx: Context }): Promise<Fitted | null> {
  requireScope(ctx, "admin");
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  await sql.query("DELETE FROM forecast_sample WHERE hour < $1", [addHours(now, -historyHours - 24)]);
  const closedHours = await countClosed(sql, now);
  const fitted = fitModel(await loadHistory(sql, now));
  if (!fitted) return null;
  const { questions = null, brier = null } = fitted.heldOut ?? {};
  await sql.query(
    `INSERT INTO forecast_model (name, fitted_at, closed_hours, training_rows, held_out_questions, held_out_brier, model)
     VALUES ('closing', $1, $2, $3, $4, $5, $6)
     ON CONFLICT (name) DO UPDATE SET fitted_at = excluded.fitted_at, closed_hours = excluded.closed_hours,
       training_rows = excluded.training_rows, held_out_questions = excluded.held_out_questions,
       held_out_brier = excluded.held_out_brier, model = excluded.model`,
    [now, closedHours, fitted.rows, questions, brier, JSON.stringify(fitted.model)],
  );
  return { rows: fitted.rows, heldOut: fitted.heldOut };
}

const dueEveryMs = 3_600_000;

export interface FitNeed {
  /**
   * Whether an hour has passed since the last fit, history has grown by a tenth since (an import, or the first day), or this
   * version cannot read the stored model.
   */
  due: boolean;
  /** In the history a fit would use. */
  closedHours: number;
}

export async function readFitNeed({ ctx }: { ctx: Context }): Promise<FitNeed> {
  requireScope(ctx, "admin");
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  const { rows } = await sql.query<{ fittedAt: Date; closedHours: number; version: number | null }>(
    `SELECT fitted_at AS "fittedAt", closed_hours AS "closedHours", (model->>'version')::int AS version
       FROM forecast_model WHERE name = 'closing'`,
  );
  const last = rows[0] ?? null;
  const closedHours = await countClosed(sql, now);
  const isUnreadable = last !== null && last.version !== modelVersion;
  // A drill may start in another year than the last ended.
  const isOld = last !== null && Math.abs(now.getTime() - last.fittedAt.getTime()) >= dueEveryMs;
  const hasGrown = closedHours > (last ? last.closedHours * 1.1 + 20 : 0);
  return { due: isUnreadable || isOld || hasGrown, closedHours };
}

async function countClosed(sql: Sql, now: Date): Promise<number> {
  const { rows } = await sql.query<{ hours: number }>(
    "SELECT count(*)::int AS hours FROM verdict WHERE hour BETWEEN $1 AND $2 AND closed_at IS NOT NULL",
    [addHours(now, -historyHours), now],
  );
  return rows[0]?.hours ?? 0;
}
