import type { QueryClient } from "@tanstack/react-query";
import { allPages, answerOf, api } from "./client.ts";

const ofId = (id: string) => ({ params: { path: { id } } });

export const peopleQueries = {
  people: () => ({
    queryKey: ["people"],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      allPages((query) => api.GET("/people", { params: { query }, signal })),
  }),
  /** A person's; undefined: those that the caller may see. */
  sessions: (person: string | undefined) => ({
    queryKey: ["sessions", person ?? "own"],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      allPages((query) =>
        api.GET("/sessions", { params: { query: { ...query, ...(person === undefined ? {} : { person }) } }, signal }),
      ),
  }),
};

export const people = {
  setDisabled: (id: string, disabled: boolean) =>
    answerOf(api.PATCH("/people/{id}", { ...ofId(id), body: { disabled } })),
  setTeams: (id: string, teams: string[]) => answerOf(api.PATCH("/people/{id}", { ...ofId(id), body: { teams } })),
  link: (id: string) => answerOf(api.POST("/people/{id}/link", ofId(id))),
  endSession: (id: string) => api.DELETE("/sessions/{id}", ofId(id)),
  /** Of a person; undefined: the caller's own but the one that asks. */
  endSessions: (person: string | undefined) =>
    answerOf(api.DELETE("/sessions", { params: { query: person === undefined ? {} : { person } } })),
};

export async function afterPeopleChanged(client: QueryClient): Promise<void> {
  await Promise.all(["people", "sessions"].map((key) => client.invalidateQueries({ queryKey: [key] })));
}
