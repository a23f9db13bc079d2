import { type ForecastModel, parseForecastModel } from "#domain/forecast.ts";
import type { Database } from "#server/db/database.ts";

export interface StoredModel {
  fittedAt: Date;
  model: ForecastModel;
}

/** The stored model; returns `known` if it is unchanged. Null if none was fitted, or it is of an older version. */
export async function loadModel(
  { sql }: Pick<Database, "sql">,
  known: StoredModel | null,
): Promise<StoredModel | null> {
  const { rows } = await sql.query<{ fittedAt: Date; model: unknown }>(
    `SELECT fitted_at AS "fittedAt", CASE WHEN fitted_at IS DISTINCT FROM $1 THEN model END AS model
       FROM forecast_model WHERE name = 'closing'`,
    [known?.fittedAt ?? null],
  );
  const row = rows[0];
  if (!row) return null;
  if (known?.fittedAt.getTime() === row.fittedAt.getTime()) return known;
  const model = parseForecastModel(row.model);
  return model && { fittedAt: row.fittedAt, model };
}
