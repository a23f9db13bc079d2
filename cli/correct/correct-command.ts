import { Command } from "commander";
import { type CorrectionAction, type CorrectionField, correctionActions, correctionKinds } from "#domain/correction.ts";
import { stages } from "#domain/protocol.ts";
import { show } from "../print.ts";
import {
  type CorrectionBody,
  listCorrections,
  makeCorrection,
  previewCorrection,
  undoCorrection,
} from "./call-corrections.ts";
import { writeCorrection, writeCorrections, writePreview } from "./write-corrections.ts";

const options: Record<CorrectionField, [flags: string, description: string]> = {
  eventType: ["--type <name>", "the event type"],
  datacenter: ["--datacenter <name>", "the datacenter"],
  stage: ["--stage <stage>", stages.join(", ")],
  reporter: ["--reporter <name>", "the reporter"],
  from: ["--from <hour>", "the first hour, like 2026-11-22T13"],
  to: ["--to <hour>", "the hour to stop before"],
  after: ["--after <instant>", "like 2026-11-22T13:00:00Z"],
};

interface MakeOptions {
  dryRun: boolean;
  json: boolean;
  [field: string]: string | boolean | undefined;
}

/** `tidemark correct`: take facts back, accept hours, and undo either. Needs a token with the scope write. */
export function correctCommand(): Command {
  const correct = new Command("correct");
  for (const action of correctionActions) {
    const command = correct.command(action).description(correctionKinds[action].what);
    for (const { key, omitted } of correctionKinds[action].fields) {
      const [flags, description] = options[key];
      if (omitted === undefined) command.requiredOption(flags, description);
      else command.option(flags, `${description} (default: ${omitted})`);
    }
    command
      .requiredOption("--reason <text>", "why; shown with the correction")
      .option("--dry-run", "preview without changing anything", false)
      .option("--json", "print the API's response", false)
      .action((given: MakeOptions) => make(action, given));
  }
  correct
    .command("list")
    .description("list corrections, newest first")
    .option("--type <name>", "only of this event type")
    .option("--datacenter <name>", "only of this datacenter")
    .option("--all", "include undone corrections", false)
    .option("--json", "print JSON", false)
    .action(async ({ json, all, ...filters }: { json: boolean; all: boolean; type?: string; datacenter?: string }) => {
      const corrections = await listCorrections({ ...filters, all });
      show(corrections, json, writeCorrections);
    });
  correct
    .command("undo")
    .description("undo a correction: its facts count again, or the acceptance ends")
    .argument("<id>", "the id from `tidemark correct list`")
    .option("--reason <text>", "why")
    .option("--json", "print the API's response", false)
    .action(async (id: string, { reason, json }: { reason?: string; json: boolean }) => {
      const undone = await undoCorrection(id, reason);
      show(undone, json, writeCorrection);
    });
  return correct;
}

async function make(action: CorrectionAction, { dryRun, json, type, ...fields }: MakeOptions): Promise<void> {
  const body = { action, ...(type === undefined ? {} : { eventType: type }), ...fields } as CorrectionBody;
  if (dryRun) {
    const preview = await previewCorrection(body);
    show(preview, json, writePreview);
    return;
  }
  const correction = await makeCorrection(body);
  show(correction, json, writeCorrection);
}
