import { type ForecastModel, parseForecastModel } from "#domain/forecast.ts";
import type { Nouns } from "#server/db/database.ts";

export interface StoredModel {
  fittedAt: Date;
  model: ForecastModel;
}

/** The stored model; returns `known` if it is unchanged. Null if none was fitted, or it is of an older version. */
export async function loadModel({ prisma }: Nouns, known: StoredModel | null): Promise<StoredModel | null> {
  const row = await prisma.forecastModel.findUnique({ where: { name: "closing" }, select: { fittedAt: true } });
  if (!row) return null;
  if (known?.fittedAt.getTime() === row.fittedAt.getTime()) return known;
  const { fittedAt, model: stored } = await prisma.forecastModel.findUniqueOrThrow({ where: { name: "closing" } });
  const model = parseForecastModel(stored);
  return model && { fittedAt, model };
}
