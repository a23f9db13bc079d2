import type { CorrectionJson, CorrectionPreviewJson } from "#domain/api/corrections.ts";
import type { paths } from "#domain/api/paths.ts";
import { createdOf, previewOf } from "#domain/api/posted-correction.ts";
import { type Api, ApiRefusal, ask, askAll } from "../call-api.ts";

export const exitCodes = { unusable: 2, conflict: 3 } as const;

export type CorrectionBody = paths["/corrections"]["post"]["requestBody"]["content"]["application/json"];

export async function makeCorrection(body: CorrectionBody): Promise<CorrectionJson> {
  return createdOf(await explained(ask((api) => api.POST("/corrections", { body }))));
}

export async function previewCorrection(body: CorrectionBody): Promise<CorrectionPreviewJson> {
  const params = { query: { dryRun: "true" } } as const;
  return previewOf(await explained(ask((api) => api.POST("/corrections", { body, params }))));
}

export function undoCorrection(id: string, reason: string | undefined): Promise<CorrectionJson> {
  const params = { path: { id }, query: reason === undefined ? {} : { reason } };
  return explained(ask((api) => api.DELETE("/corrections/{id}", { params })));
}

/** All of them, page by page. */
export function listCorrections(filters: {
  type?: string;
  datacenter?: string;
  all: boolean;
}): Promise<CorrectionJson[]> {
  const { type, datacenter, all } = filters;
  const query = {
    ...(type === undefined ? {} : { eventType: type }),
    ...(datacenter === undefined ? {} : { datacenter }),
    ...(all ? {} : ({ active: "true" } as const)),
  };
  return explained(askAll((api: Api, page) => api.GET("/corrections", { params: { query: { ...query, ...page } } })));
}

/** Exits with the code of the refusal's kind. */
async function explained<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    const { status } = error.problem;
    const exitCode = status === 409 ? exitCodes.conflict : status === 400 || status === 404 ? exitCodes.unusable : 1;
    throw new ApiRefusal(error.problem, exitCode);
  }
}
