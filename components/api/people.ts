import { answerOf, api } from "./client.ts";
import { readAll } from "./queries.ts";

const ofId = (id: string) => ({ params: { path: { id } } });

export const peopleQueries = {
  people: () => readAll(["people"], "/people"),
  /** A person's; undefined: those that the caller may see. */
  sessions: (person: string | undefined) => readAll(["sessions", person ?? "own"], "/sessions", { query: { person } }),
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

/** A person or a session was changed. */
export const peopleKeys = [["people"], ["sessions"]];
