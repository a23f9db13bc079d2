import { Command } from "commander";
import type { SilenceJson } from "#domain/api/silences.ts";
import { ask, askAll } from "../call-api.ts";
import { print, show } from "../print.ts";
import { checkDuration, readYaml } from "../read-options.ts";
import { type EditOptions, editedSilence } from "./edited-silence.ts";
import { writePreview, writeSilence, writeSilences } from "./write-silences.ts";

const recurrenceHelp =
  'the times within which it silences, like \'[{weekdays: [sunday], times: [{startTime: "02:00", endTime: "04:00"}]}]\'';

interface AddOptions {
  reason: string;
  for?: string;
  from?: string;
  until?: string;
  recurrence?: SilenceJson["recurrence"];
  dryRun: boolean;
  json: boolean;
}

/** `tidemark silence`: keep alerts quiet for a while. Needs a token with the scope respond. */
export function silenceCommand(): Command {
  const silence = new Command("silence");
  silence
    .command("add")
    .description("create a silence")
    .argument(
      "<matchers...>",
      "matchers, all of which must match, like 'datacenter=\"ams\"' 'severity=~\"page|ticket\"'",
    )
    .requiredOption("--reason <text>", "why; shown with the silence")
    .option("--for <duration>", "the duration, like 2h", checkDuration)
    .option("--from <instant>", "the start, like 2026-11-22T13:00:00Z (default: now)")
    .option("--until <instant>", "the end, instead of --for")
    .option("--recurrence <yaml>", recurrenceHelp, readYaml)
    .option("--dry-run", "preview what it would silence", false)
    .option("--json", "print the API's response", false)
    .action(add);
  silence
    .command("list")
    .description("list silences, newest first")
    .option("--all", "include expired silences", false)
    .option("--json", "print JSON", false)
    .action(async ({ all, json }: { all: boolean; json: boolean }) => {
      const expired = all ? ({ expired: "true" } as const) : {};
      const silences = await askAll((api, page) =>
        api.GET("/silences", { params: { query: { ...page, ...expired } } }),
      );
      show(silences, json, writeSilences);
    });
  silence
    .command("edit")
    .description("change a silence that is not over; what no option names is kept")
    .argument("<id>", "the id from `tidemark silence list`")
    .argument("[matchers...]", "matchers that replace its own")
    .option("--reason <text>", "why; shown with the silence")
    .option("--from <instant>", "the start")
    .option("--for <duration>", "the duration from its start, like 2h", checkDuration)
    .option("--until <instant>", "the end, instead of --for")
    .option("--recurrence <yaml>", recurrenceHelp, readYaml)
    .option("--no-recurrence", "silence all the time from its start to its end")
    .option("--json", "print the API's response", false)
    .action(edit);
  silence
    .command("extend")
    .description("move the end of a silence")
    .argument("<id>", "the id from `tidemark silence list`")
    .option("--for <duration>", "extend by this duration, like 1h", checkDuration)
    .option("--until <instant>", "the new end, instead of --for")
    .option("--json", "print the API's response", false)
    .action(async (id: string, options: { for?: string; until?: string; json: boolean }) => {
      const body = { duration: options.for, endsAt: options.until };
      const extended = await ask((api) => api.POST("/silences/{id}/extend", { params: { path: { id } }, body }));
      show(extended, options.json, writeSilence);
    });
  silence
    .command("expire")
    .description("expire a silence now")
    .argument("<id>", "the id from `tidemark silence list`")
    .action(async (id: string) => {
      await ask((api) => api.DELETE("/silences/{id}", { params: { path: { id } } }));
      print(`Expired silence ${id}.`);
    });
  return silence;
}

async function add(matchers: string[], { reason, for: duration, from, until, recurrence, dryRun, json }: AddOptions) {
  const body = { matchers, reason, duration, startsAt: from, endsAt: until, recurrence };
  if (dryRun) return show(await ask((api) => api.POST("/silences/preview", { body })), json, writePreview);
  return show(await ask((api) => api.POST("/silences", { body })), json, writeSilence);
}

async function edit(id: string, matchers: string[], { json, ...options }: EditOptions & { json: boolean }) {
  const params = { path: { id } };
  const silence = await ask((api) => api.GET("/silences/{id}", { params }));
  const body = editedSilence(silence, matchers, options);
  // Refused if someone changed it between the two calls.
  const headers = { "if-match": `"${silence.etag}"` };
  show(await ask((api) => api.PUT("/silences/{id}", { params, headers, body })), json, writeSilence);
}
