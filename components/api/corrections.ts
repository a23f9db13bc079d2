import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { paths } from "#domain/api/paths.ts";
import { createdOf, previewOf } from "#domain/api/posted-correction.ts";
import { answerOf, api } from "./client.ts";
import { read, searched } from "./queries.ts";

export type CorrectionBody = paths["/corrections"]["post"]["requestBody"]["content"]["application/json"];

export const corrections = {
  create: async (body: CorrectionBody) => createdOf(await answerOf(api.POST("/corrections", { body }))),
};

export const correctionQueries = {
  list: (search: string) =>
    read(["corrections", search], (signal) => api.GET("/corrections", { ...searched(search), signal })),
  preview: (body: CorrectionBody) =>
    queryOptions({
      queryKey: ["correction-preview", body],
      queryFn: async ({ signal }) =>
        previewOf(await answerOf(api.POST("/corrections", { body, params: { query: { dryRun: "true" } }, signal }))),
      retry: false,
    }),
};

export async function undoCorrection(client: QueryClient, id: string): Promise<void> {
  await api.DELETE("/corrections/{id}", { params: { path: { id } } });
  await afterCorrection(client);
}

/** A correction was made or undone: verdicts and everything derived from them are refetched. */
export async function afterCorrection(client: QueryClient): Promise<void> {
  await client.invalidateQueries({ refetchType: "active" });
}
