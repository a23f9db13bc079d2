import type { QueryClient } from "@tanstack/react-query";
import type { CorrectionJson, CorrectionPreviewJson } from "#domain/api/corrections.ts";
import type { paths } from "#domain/api/paths.ts";
import { answerOf, api } from "./client.ts";
import { read, searched } from "./queries.ts";

export type CorrectionBody = paths["/corrections"]["post"]["requestBody"]["content"]["application/json"];

export const corrections = {
  create: (body: CorrectionBody) => answerOf(api.POST("/corrections", { body })) as Promise<CorrectionJson>,
  undo: (id: string) => api.DELETE("/corrections/{id}", { params: { path: { id } } }),
};

export const correctionQueries = {
  list: (search: string) =>
    read(["corrections", search], (signal) => api.GET("/corrections", { ...searched(search), signal })),
  preview: (body: CorrectionBody) =>
    read<CorrectionPreviewJson>(
      ["correction-preview", body],
      (signal) =>
        api.POST("/corrections", { body, params: { query: { dryRun: "true" } }, signal }) as Promise<{
          data?: CorrectionPreviewJson;
        }>,
      { retry: false },
    ),
};

/** A correction was made or undone: verdicts and everything derived from them are refetched. */
export async function afterCorrection(client: QueryClient): Promise<void> {
  await client.invalidateQueries({ refetchType: "active" });
}
