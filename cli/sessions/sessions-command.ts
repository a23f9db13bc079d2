import { Command } from "commander";
import { alignColumns } from "#domain/align-columns.ts";
import type { SessionItemJson } from "#domain/api/people.ts";
import { ask, askAll } from "../call-api.ts";
import { CliError } from "../cli-error.ts";
import { findPerson } from "../people/people-command.ts";
import { minute, print, show } from "../print.ts";

/** `tidemark sessions`: which browsers are signed in. */
export function sessionsCommand(): Command {
  const sessions = new Command("sessions");
  sessions
    .command("list", { isDefault: true })
    .description("list sessions: everyone's with a token that has the scope admin")
    .option("--person <person>", "of this person, by name or id")
    .option("--json", "print JSON", false)
    .action(async ({ person, json }: { person?: string; json: boolean }) => {
      const whose = person === undefined ? {} : { person: (await findPerson(person)).id };
      const found = await askAll((api, query) => api.GET("/sessions", { params: { query: { ...query, ...whose } } }));
      show(found, json, writeSessions);
    });
  sessions
    .command("end")
    .description("sign a browser out, or all browsers of a person; takes effect within 5 s")
    .argument("[id]", "the id from `tidemark sessions list`")
    .option("--person <person>", "all sessions of this person, by name or id")
    .action(async (id: string | undefined, { person }: { person?: string }) => {
      if ((id === undefined) === (person === undefined)) throw new CliError("Give either an id or --person.");
      if (id !== undefined) {
        await ask((api) => api.DELETE("/sessions/{id}", { params: { path: { id } } }));
        return print(`Session ${id} has ended.`);
      }
      const { id: personId, name } = await findPerson(person ?? "");
      const { ended } = await ask((api) => api.DELETE("/sessions", { params: { query: { person: personId } } }));
      print(`${ended === 1 ? "1 session" : `${ended} sessions`} of ${name} ended.`);
    });
  return sessions;
}

function writeSessions(sessions: readonly SessionItemJson[]): string[] {
  if (sessions.length === 0) return ["No browser is signed in."];
  const rows = sessions.map(({ id, actor, address, userAgent, createdAt, lastSeenAt }) => [
    id,
    actor,
    address ?? "-",
    minute(createdAt),
    minute(lastSeenAt),
    userAgent?.replace(/\p{C}/gu, " ").slice(0, 60) ?? "-",
  ]);
  return alignColumns([["ID", "WHO", "ADDRESS", "SIGNED IN", "LAST USED", "BROWSER"], ...rows]);
}
