import { queryOptions } from "@tanstack/react-query";
import { api } from "./client.ts";

/** One key and one question each, for every place that shows the answer. */
export const queries = {
  status: () => queryOptions({ queryKey: ["status"], queryFn: ({ signal }) => api.status(signal) }),
  board: () => queryOptions({ queryKey: ["board"], queryFn: ({ signal }) => api.board(signal) }),
  boardSummary: () => queryOptions({ queryKey: ["board-summary"], queryFn: ({ signal }) => api.boardSummary(signal) }),
  datacenters: () => queryOptions({ queryKey: ["datacenters"], queryFn: ({ signal }) => api.datacenters(signal) }),
  eventTypes: () => queryOptions({ queryKey: ["event-types"], queryFn: ({ signal }) => api.eventTypes(signal) }),
  eventType: (name: string) =>
    queryOptions({ queryKey: ["event-type", name], queryFn: ({ signal }) => api.eventType(name, signal) }),
  hours: (name: string, range: { from: string; to: string }) =>
    queryOptions({
      queryKey: ["hours", name, range.from, range.to],
      queryFn: ({ signal }) => api.hours(name, range, signal),
    }),
  verdict: (name: string, hour: string) =>
    queryOptions({ queryKey: ["verdict", name, hour], queryFn: ({ signal }) => api.verdict(name, hour, signal) }),
  revisions: (name: string, hour: string) =>
    queryOptions({ queryKey: ["revisions", name, hour], queryFn: ({ signal }) => api.revisions(name, hour, signal) }),
};

/** Why the latest refresh failed, in a sentence; null while it works. */
export function failureOf(query: { error: Error | null; isError: boolean; isRefetchError: boolean }): string | null {
  return query.error && (query.isError || query.isRefetchError) ? query.error.message : null;
}
