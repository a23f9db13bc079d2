import { answerOf, api } from "./client.ts";
import { read, readAll } from "./queries.ts";

const ofName = (name: string) => ({ params: { path: { name } } });

/** As many deliveries come with a hook's page; the API keeps 120. */
export const deliveriesAtFirst = 20;

/** Webhooks of release tools are fetched only on their own pages. */
export const deploymentHooks = {
  list: () => readAll(["deployment-hooks"], "/deployment-hooks"),
  one: (name: string) => read(["deployment-hook", name], "/deployment-hooks/{name}", { path: { name } }),
  deliveries: (name: string, limit: number) =>
    read(["deployment-hook-deliveries", name, limit], "/deployment-hooks/{name}/deliveries", {
      path: { name },
      query: { limit },
    }),
  rotate: (name: string, overlap: string) =>
    answerOf(api.POST("/deployment-hooks/{name}/rotate-secret", { ...ofName(name), body: { overlap } })),
  remove: (name: string) => api.DELETE("/deployment-hooks/{name}", ofName(name)),
};
