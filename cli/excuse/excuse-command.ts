import { Command } from "commander";
import { createdExcuse, excusePreview } from "#domain/api/posted-excuse.ts";
import type { SloExcuseJson } from "#domain/api/slo.ts";
import { excuseTitle } from "#domain/slo.ts";
import { ask, askAll } from "../call-api.ts";
import { print, show } from "../print.ts";
import { writeExcuse, writeExcuses, writePreview, writeSuggestions } from "./write-excuses.ts";

interface AddOptions {
  type?: string[];
  tier?: string;
  from: string;
  to: string;
  reason: string;
  dryRun: boolean;
  json: boolean;
}

/** `tidemark excuse`: take hours out of the service levels. Needs a token with the scope respond. */
export function excuseCommand(): Command {
  const excuse = new Command("excuse");
  excuse
    .command("add")
    .description("excuse hours of event types or of a tier")
    .option("--type <name...>", "the event types")
    .option("--tier <name>", "every event type of the tier, instead of --type")
    .requiredOption("--from <hour>", "the first hour that does not count, like 2026-10-12T08")
    .requiredOption("--to <hour>", "the first hour that counts again")
    .requiredOption("--reason <text>", "what was agreed, by which people and when")
    .option(
      "--dry-run",
      "show which hours would be excused and what the months would come to, without changing anything",
      false,
    )
    .option("--json", "print the API's response", false)
    .action(add);
  excuse
    .command("list")
    .description("list excuses, newest first, revoked ones too")
    .option("--month <month>", "only those that touch the month, like 2026-10")
    .option("--json", "print JSON", false)
    .action(async ({ month, json }: { month?: string; json: boolean }) => {
      const filter = month === undefined ? {} : { month };
      const excuses = await askAll((api, page) =>
        api.GET("/slo/excuses", { params: { query: { ...page, ...filter } } }),
      );
      show(excuses, json, writeExcuses);
    });
  excuse
    .command("suggest")
    .description("list planned maintenance of a month, known from silences, that could be excused")
    .requiredOption("--month <month>", "like 2026-10")
    .option("--json", "print JSON", false)
    .action(async ({ month, json }: { month: string; json: boolean }) => {
      const { items } = await ask((api) => api.GET("/slo/excuse-suggestions", { params: { query: { month } } }));
      show(items, json, writeSuggestions);
    });
  excuse
    .command("approve")
    .description("approve a pending excuse of another person")
    .argument("<id>", "the id from `tidemark excuse list`")
    .action(async (id: string) => {
      const params = changing(await readExcuse(id));
      writeExcuse(await ask((api) => api.POST("/slo/excuses/{id}/approval", { params }))).forEach(print);
    });
  excuse
    .command("revoke")
    .description("revoke an excuse: its hours count again")
    .argument("<id>", "the id from `tidemark excuse list`")
    .requiredOption("--reason <text>", "why; shown with the excuse")
    .action(async (id: string, { reason }: { reason: string }) => {
      const found = await readExcuse(id);
      await ask((api) => api.DELETE("/slo/excuses/{id}", { params: { ...changing(found), query: { reason } } }));
      print(`The excuse of ${excuseTitle(found)} is revoked.`);
    });
  return excuse;
}

async function add({ type, tier, from, to, reason, dryRun, json }: AddOptions): Promise<void> {
  const body = { ...(type && { eventTypes: type }), ...(tier && { tier }), from, to, reason };
  if (dryRun) {
    const params = { query: { dryRun: "true" } } as const;
    const preview = excusePreview(await ask((api) => api.POST("/slo/excuses", { body, params })));
    show(preview, json, writePreview);
    return;
  }
  const made = createdExcuse(await ask((api) => api.POST("/slo/excuses", { body })));
  show(made, json, writeExcuse);
}

function readExcuse(id: string): Promise<SloExcuseJson> {
  return ask((api) => api.GET("/slo/excuses/{id}", { params: { path: { id } } }));
}

/** Refused if someone else changed it in the meantime. */
function changing({ id, etag }: SloExcuseJson) {
  return { path: { id }, header: { "if-match": `"${etag}"` } };
}
