import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import { readConfig } from "#server/config.ts";
import { ask } from "../call-api.ts";
import { findConnection } from "../connection.ts";
import { print, show } from "../print.ts";
import { printPdf } from "./print-pdf.ts";
import { writeServiceLevels } from "./write-service-levels.ts";

interface ScopeOptions {
  month?: string;
  tier?: string;
  owner?: string;
  type?: string;
}

/** `tidemark service-levels`: a month's objectives and what was attained. Needs a token with the scope read. */
export function serviceLevelsCommand(): Command {
  const command = new Command("service-levels");
  scoped(command.command("show"))
    .description("print each tier's and type's attainment against its objective")
    .option("--json", "print the API's response", false)
    .action(async ({ json, ...scope }: ScopeOptions & { json: boolean }) => {
      const query = await queryOf(scope);
      const attainment = await ask((api) => api.GET("/slo/attainment", { params: { query } }));
      show(attainment, json, writeServiceLevels);
    });
  scoped(command.command("csv"))
    .description("save tiers and types as CSV")
    .option("--bom", "begin with a byte order mark, for spreadsheets that read a file without one as Latin-1", false)
    .option("--out <file>", "the file (default: standard output)")
    .action(async ({ bom, out, ...scope }: ScopeOptions & { bom: boolean; out?: string }) => {
      const query = { ...(await queryOf(scope)), format: "csv" as const, ...(bom ? { bom: "true" as const } : {}) };
      const bytes = await ask((api) => api.GET("/slo/attainment", { params: { query }, parseAs: "arrayBuffer" }));
      if (out === undefined) process.stdout.write(Buffer.from(bytes));
      else await writeFile(out, Buffer.from(bytes));
    });
  scoped(command.command("pdf"))
    .description("save the report as PDF, printed by the Chromium or Chrome of this machine")
    .option("--out <file>", "the file (default: tidemark-MONTH.pdf)")
    .action(async ({ out, ...scope }: ScopeOptions & { out?: string }) => {
      const query = await queryOf(scope);
      // Refuses what the page could not show, with a sentence.
      await ask((api) => api.GET("/slo/attainment", { params: { query: { ...query, limit: 1 } } }));
      const config = readConfig();
      const path = `/service-levels?${new URLSearchParams(query)}`;
      const pdf = await printPdf(await findConnection(config), { path, chromium: config.TIDEMARK_CHROMIUM });
      const file = out ?? `tidemark-${query.month}.pdf`;
      await writeFile(file, pdf);
      print(`${file}: ${Math.ceil(pdf.length / 1024)} KiB.`);
    });
  return command;
}

function scoped(command: Command): Command {
  return command
    .option("--month <month>", "like 2026-10 (default: the last closed month)")
    .option("--tier <name>", "only its types")
    .option("--owner <name>", "only its types")
    .option("--type <name>", "this event type alone");
}

/** The API's query; the month by Tidemark's own clock. */
async function queryOf({ month, tier, owner, type }: ScopeOptions) {
  return {
    month: month ?? (await lastClosedMonth()),
    ...(tier === undefined ? {} : { tier }),
    ...(owner === undefined ? {} : { owner }),
    ...(type === undefined ? {} : { eventType: type }),
  };
}

async function lastClosedMonth(): Promise<string> {
  const { now } = await ask((api) => api.GET("/status"));
  return new Date(Date.UTC(Number(now.slice(0, 4)), Number(now.slice(5, 7)) - 2)).toISOString().slice(0, 7);
}
