import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { CorrectionJson, CorrectionPreviewJson } from "#domain/api/corrections.ts";
import { get, type ListJson, send } from "./client.ts";

export const corrections = {
  create: (body: object) => send<CorrectionJson>("POST", "/corrections", body),
  undo: (id: string) => send<CorrectionJson>("DELETE", `/corrections/${encodeURIComponent(id)}`),
};

export const correctionQueries = {
  list: (search: string) =>
    queryOptions({
      queryKey: ["corrections", search],
      queryFn: ({ signal }) => get<ListJson<CorrectionJson>>(`/corrections?${search}`, signal),
    }),
  preview: (body: object) =>
    queryOptions({
      queryKey: ["correction-preview", body],
      queryFn: ({ signal }) => send<CorrectionPreviewJson>("POST", "/corrections?dryRun=true", body, { signal }),
      retry: false,
    }),
};

/** A correction was made or undone: verdicts and everything derived from them are refetched. */
export async function afterCorrection(client: QueryClient): Promise<void> {
  await client.invalidateQueries({ refetchType: "active" });
}
