import { writeFile } from "node:fs/promises";
import { Command, Option } from "commander";
import { severities } from "#domain/alert-rule.ts";
import type { IncidentJson, IncidentSummaryJson } from "#domain/api/alerts.ts";
import { incidentStates } from "#domain/incident.ts";
import { ask, askAll } from "../call-api.ts";
import { print, show } from "../print.ts";
import { readDuration } from "../read-options.ts";
import { type ListOptions, listQuery, snoozeEnd } from "./incident-options.ts";

const idArgument = "the incident’s number, as `tidemark incidents` lists it";

/** `tidemark incidents`: what is open, in a sentence each, and the acts on it. Acts need a token with the scope respond. */
export function incidentsCommand(): Command {
  const command = new Command("incidents")
    .option("--all", "include the newest 100 resolved ones", false)
    .option("--search <words>", "that have these words in title, cause, datacenters, event types or notes")
    .option("--datacenter <name>", "at the datacenter")
    .option("--type <name>", "that affect the event type")
    .addOption(new Option("--severity <severity>", "of the severity").choices([...severities]))
    .addOption(new Option("--state <state>", "in the state").choices([...incidentStates]))
    .option("--from <instant>", "opened at or after, like 2026-11-22T13:00:00Z")
    .option("--to <instant>", "opened before")
    .option("--json", "print JSON", false)
    .action(async (options: ListOptions & { json: boolean }) => {
      const query = listQuery(options);
      const incidents =
        query.state === "open,acknowledged"
          ? await askAll((api, page) => api.GET("/incidents", { params: { query: { ...page, ...query } } }))
          : (await ask((api) => api.GET("/incidents", { params: { query: { ...query, limit: 100 } } }))).items;
      show(incidents, options.json, (found) => writeIncidents(found, query.state === "open,acknowledged"));
    });
  addActs(command);
  return command;
}

function addActs(command: Command): void {
  command
    .command("assign")
    .description("assign an incident to a person or a team")
    .argument("<id>", idArgument)
    .argument("[name]", "a person’s or a team’s name; without one it is unassigned")
    .option("--note <text>", "a note for the timeline")
    .action(async (id: string, name: string | undefined, { note }: { note?: string }) => {
      const body = { assignee: name ?? null, ...(note !== undefined && { note }) };
      said(await ask((api) => api.POST("/incidents/{id}/assign", { params: { path: { id } }, body })));
    });
  command
    .command("snooze")
    .description("pause an incident’s notifications for up to 24 h, or until it is more severe")
    .argument("<id>", idArgument)
    .option("--for <duration>", "how long, like 30m or 4h", readDuration)
    .option("--until <instant>", "until when, like 2026-11-22T15:00:00Z")
    .option("--note <text>", "why, for the timeline")
    .action(async (id: string, options: { for?: number; until?: string; note?: string }) => {
      const { now } = await ask((api) => api.GET("/status"));
      const body = { until: snoozeEnd(options, now), ...(options.note !== undefined && { note: options.note }) };
      said(await ask((api) => api.POST("/incidents/{id}/snooze", { params: { path: { id } }, body })));
    });
  command
    .command("unsnooze")
    .description("end an incident’s snooze: it is notified again at once")
    .argument("<id>", idArgument)
    .action(async (id: string) => {
      said(await ask((api) => api.POST("/incidents/{id}/unsnooze", { params: { path: { id } }, body: {} })));
    });
  command
    .command("export")
    .description("write an incident as a post-mortem in Markdown")
    .argument("<id>", idArgument)
    .option("-o, --output <file>", "the file; without it, standard output")
    .action(async (id: string, { output }: { output?: string }) => {
      const written = await ask((api) =>
        api.GET("/incidents/{id}/postmortem.md", { params: { path: { id } }, parseAs: "text" }),
      );
      if (output === undefined) process.stdout.write(written);
      else await writeFile(output, written);
    });
}

function said({ timeline }: IncidentJson): void {
  const line = timeline.findLast(({ kind }) => kind !== "note");
  print(line?.message ?? "Nothing changed.");
}

/** A line per incident: its number, severity, state, and its record's sentence. */
export function writeIncidents(incidents: readonly IncidentSummaryJson[], onlyOpen = true): string[] {
  if (incidents.length === 0) return [onlyOpen ? "No open incidents." : "No incidents match."];
  return incidents.map(({ id, severity, state, situation }) => `${id} ${severity}, ${state}: ${situation.sentence}`);
}
