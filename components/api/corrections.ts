import { queryOptions } from "@tanstack/react-query";
import type { paths } from "#domain/api/paths.ts";
import { createdOf, previewOf } from "#domain/api/posted-correction.ts";
import { answerOf, api } from "./client.ts";
import { readSearch } from "./queries.ts";

export type CorrectionBody = paths["/corrections"]["post"]["requestBody"]["content"]["application/json"];

export const corrections = {
  create: async (body: CorrectionBody) => createdOf(await answerOf(api.POST("/corrections", { body }))),
  undo: (id: string) => api.DELETE("/corrections/{id}", { params: { path: { id } } }),
};

export const correctionQueries = {
  list: (search: string) => readSearch("corrections", "/corrections", search),
  preview: (body: CorrectionBody) =>
    queryOptions({
      queryKey: ["correction-preview", body],
      queryFn: async ({ signal }) =>
        previewOf(await answerOf(api.POST("/corrections", { body, params: { query: { dryRun: "true" } }, signal }))),
      retry: false,
    }),
};
