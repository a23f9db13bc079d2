import { queryOptions } from "@tanstack/react-query";
import { allPages, answerOf, api } from "./client.ts";
import { read } from "./queries.ts";

const ofName = (name: string) => ({ params: { path: { name } } });

/** As many deliveries come with a hook's page; the API keeps 120. */
export const deliveriesAtFirst = 20;

/** Webhooks of release tools are fetched only on their own pages. */
export const deploymentHooks = {
  list: () =>
    queryOptions({
      queryKey: ["deployment-hooks"],
      queryFn: ({ signal }) => allPages((query) => api.GET("/deployment-hooks", { params: { query }, signal })),
    }),
  one: (name: string) =>
    read(["deployment-hook", name], (signal) => api.GET("/deployment-hooks/{name}", { ...ofName(name), signal })),
  deliveries: (name: string, limit: number) =>
    read(["deployment-hook-deliveries", name, limit], (signal) =>
      api.GET("/deployment-hooks/{name}/deliveries", { params: { path: { name }, query: { limit } }, signal }),
    ),
  rotate: (name: string, overlap: string) =>
    answerOf(api.POST("/deployment-hooks/{name}/rotate-secret", { ...ofName(name), body: { overlap } })),
  remove: (name: string) => api.DELETE("/deployment-hooks/{name}", ofName(name)),
};
