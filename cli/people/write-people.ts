import { alignColumns } from "#domain/align-columns.ts";
import type { InvitedJson, PersonJson } from "#domain/api/people.ts";
import { minute } from "../print.ts";

/** One line per person, in columns. */
export function writePeople(people: readonly PersonJson[]): string[] {
  if (people.length === 0) return ["No people. `npx tidemark people invite` invites one."];
  const rows = people.map(({ id, name, role, teams, issuer, lastSeenAt, sessions, disabledAt }) => [
    id,
    name,
    role,
    teams.join(",") || "-",
    issuer ?? "links",
    lastSeenAt === null ? "never" : minute(lastSeenAt),
    String(sessions),
    disabledAt === null ? "enabled" : "disabled",
  ]);
  return alignColumns([["ID", "NAME", "ROLE", "TEAMS", "SIGNS IN WITH", "LAST SEEN", "SESSIONS", "STATE"], ...rows]);
}

/** The link alone on the last line, to copy or to pipe. */
export function writeInvited({ name, role, link }: InvitedJson): string[] {
  return [`${name} signs in as ${role} with this link, once, until ${minute(link.expiresAt)} UTC:`, link.url];
}
