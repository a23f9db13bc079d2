import { Command } from "commander";
import type { IncidentSummaryJson } from "#domain/api/alerts.ts";
import { ask, askAll } from "../call-api.ts";

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** `tidemark incidents`: what is open, in a sentence each. Needs a token with the scope read. */
export function incidentsCommand(): Command {
  return new Command("incidents")
    .description("list open incidents, newest first")
    .option("--all", "include the newest 100 resolved ones", false)
    .option("--json", "print JSON", false)
    .action(async ({ all, json }: { all: boolean; json: boolean }) => {
      const incidents = all ? await newest() : await open();
      if (json) print(JSON.stringify(incidents, null, 2));
      else writeIncidents(incidents).forEach(print);
    });
}

function open(): Promise<IncidentSummaryJson[]> {
  return askAll((api, page) => api.GET("/incidents", { params: { query: { ...page, state: "open,acknowledged" } } }));
}

async function newest(): Promise<IncidentSummaryJson[]> {
  return (await ask((api) => api.GET("/incidents", { params: { query: { limit: 100 } } }))).items;
}

/** A line per incident: its number, severity, state, and its record's sentence. */
export function writeIncidents(incidents: readonly IncidentSummaryJson[]): string[] {
  if (incidents.length === 0) return ["No open incidents."];
  return incidents.map(({ id, severity, state, situation }) => `${id} ${severity}, ${state}: ${situation.sentence}`);
}
