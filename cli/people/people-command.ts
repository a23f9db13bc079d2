import { Command, Option } from "commander";
import { type Role, roles } from "#domain/access/role.ts";
import { alignColumns } from "#domain/align-columns.ts";
import type { InvitedJson, PersonJson } from "#domain/api/people.ts";
import { ask, askAll } from "../call-api.ts";
import { CliError } from "../cli-error.ts";
import { minute, print, show } from "../print.ts";

const ofId = (id: string) => ({ params: { path: { id } } });

interface InviteOptions {
  role: Role;
  email?: string;
  team?: string[];
  json: boolean;
}

/** `tidemark people`: who signs in, and as what. */
export function peopleCommand(): Command {
  const people = new Command("people");
  people
    .command("list", { isDefault: true })
    .description("list everyone who signed in or was invited")
    .option("--json", "print JSON", false)
    .action(async ({ json }: { json: boolean }) => show(await listPeople(), json, writePeople));
  people
    .command("invite")
    .description("invite a person with a link that signs in once, within 24 hours")
    .argument("<name>", "the person's name, recorded with what they do")
    .addOption(new Option("--role <role>", "what they may do").choices(roles).default("viewer"))
    .option("--email <address>", "their e-mail address")
    .option("--team <team...>", "the teams that they belong to")
    .option("--json", "print the API's response", false)
    .action(async (name: string, { role, email, team: teams = [], json }: InviteOptions) => {
      const body = { name, role, teams, ...(email === undefined ? {} : { email }) };
      show(await ask((api) => api.POST("/people", { body })), json, writeInvited);
    });
  people
    .command("link")
    .description("create a new link for a person, in place of those not used")
    .argument("<person>", "the name or id")
    .option("--json", "print the API's response", false)
    .action(async (person: string, { json }: { json: boolean }) => {
      const { id } = await findPerson(person);
      show(await ask((api) => api.POST("/people/{id}/link", ofId(id))), json, writeInvited);
    });
  people
    .command("teams")
    .description("replace the teams of a person who signs in with links; without any, they are in none")
    .argument("<person>", "the name or id")
    .argument("[team...]", "the teams that they belong to from now on")
    .action(async (person: string, teams: string[]) => {
      const { id } = await findPerson(person);
      const changed = await ask((api) => api.PATCH("/people/{id}", { ...ofId(id), body: { teams } }));
      print(`${changed.name} is in ${changed.teams.length === 0 ? "no team" : changed.teams.join(", ")}.`);
    });
  people
    .command("disable")
    .description("keep a person from signing in, and end their sessions")
    .argument("<person>", "the name or id")
    .action((person: string) => setDisabled(person, true));
  people
    .command("enable")
    .description("let a disabled person sign in again")
    .argument("<person>", "the name or id")
    .action((person: string) => setDisabled(person, false));
  return people;
}

async function setDisabled(person: string, disabled: boolean): Promise<void> {
  const { id } = await findPerson(person);
  const changed = await ask((api) => api.PATCH("/people/{id}", { ...ofId(id), body: { disabled } }));
  print(`${changed.name} is ${changed.disabledAt ? "disabled" : "enabled"}.`);
}

function listPeople(): Promise<PersonJson[]> {
  return askAll((api, query) => api.GET("/people", { params: { query } }));
}

/** By id, or by the name as it is listed. */
export async function findPerson(named: string): Promise<PersonJson> {
  const people = await listPeople();
  const found = people.find(({ id, name }) => id === named || name === named);
  if (!found)
    throw new CliError(`No person is called ${JSON.stringify(named)}. \`npx tidemark people\` lists them all.`);
  return found;
}

/** One line per person, in columns. */
function writePeople(people: readonly PersonJson[]): string[] {
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
function writeInvited({ name, role, link }: InvitedJson): string[] {
  return [`${name} signs in as ${role} with this link, once, until ${minute(link.expiresAt)} UTC:`, link.url];
}
