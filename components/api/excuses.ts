import { queryOptions } from "@tanstack/react-query";
import type { paths } from "#domain/api/paths.ts";
import { createdExcuse, excusePreview } from "#domain/api/posted-excuse.ts";
import type { SloExcuseJson, SloExcusePreviewJson } from "#domain/api/slo.ts";
import { answerOf, api } from "./client.ts";
import { read } from "./queries.ts";

export type ExcuseBody = paths["/slo/excuses"]["post"]["requestBody"]["content"]["application/json"];

const changing = ({ id, etag }: SloExcuseJson) => ({ path: { id }, header: { "if-match": `"${etag}"` } });

export const excuses = {
  create: async (body: ExcuseBody) => createdExcuse(await answerOf(api.POST("/slo/excuses", { body }))),
  approve: (excuse: SloExcuseJson) => api.POST("/slo/excuses/{id}/approval", { params: changing(excuse) }),
  revoke: (excuse: SloExcuseJson, reason: string) =>
    api.DELETE("/slo/excuses/{id}", { params: { ...changing(excuse), query: { reason } } }),
};

export const excuseQueries = {
  list: () => read(["slo-excuses"], "/slo/excuses", { query: { limit: 200 } }),
  suggestions: (month: string) =>
    read(["slo-excuse-suggestions", month], "/slo/excuse-suggestions", { query: { month } }),
  preview: (body: ExcuseBody) =>
    queryOptions({
      queryKey: ["slo-excuse-preview", body],
      queryFn: async ({ signal }): Promise<SloExcusePreviewJson> =>
        excusePreview(
          await answerOf(api.POST("/slo/excuses", { body, params: { query: { dryRun: "true" } }, signal })),
        ),
      retry: false,
    }),
};
