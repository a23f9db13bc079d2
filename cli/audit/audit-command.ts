import { Command, Option } from "commander";
import { type AuditAct, auditActs } from "#domain/audit/acts.ts";
import { ask } from "../call-api.ts";
import { show } from "../print.ts";
import { writeEntries } from "./write-entries.ts";

interface AuditOptions {
  actor?: string;
  act?: AuditAct;
  kind?: string;
  name?: string;
  address?: string;
  from?: string;
  to?: string;
  limit: string;
  json: boolean;
}

/** `tidemark audit`: who changed what. */
export function auditCommand(): Command {
  return new Command("audit")
    .option("--actor <name>", "only what this person, token or service did")
    .addOption(new Option("--act <act>", "only this act, like channel.changed").choices(auditActs))
    .option("--kind <kind>", "only objects of this kind, like channel")
    .option("--name <name>", "only objects of this name")
    .option("--address <address>", "only from this address; an IPv6 address as its /64")
    .option("--from <instant>", "only from this instant on, like 2026-11-22T13:00:00Z")
    .option("--to <instant>", "only before this instant")
    .option("--limit <n>", "how many entries, at most 500", "50")
    .option("--json", "print the API's response", false)
    .action(async ({ json, limit, ...filter }: AuditOptions) => {
      const query = { ...filter, limit: Number(limit) };
      show(await ask((api) => api.GET("/audit", { params: { query } })), json, writeEntries);
    });
}
