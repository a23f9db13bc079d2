import { Command } from "commander";
import type { CorrectionAction } from "#domain/correction.ts";
import { stages } from "#domain/protocol.ts";
import {
  type CorrectionBody,
  listCorrections,
  makeCorrection,
  previewCorrection,
  undoCorrection,
} from "./call-corrections.ts";
import { writeCorrection, writeCorrections, writePreview } from "./write-corrections.ts";

const say = (line: string) => void process.stdout.write(`${line}\n`);

interface MakeOptions {
  dryRun: boolean;
  json: boolean;
  [field: string]: string | boolean | undefined;
}

/** `tidemark correct`: take facts back, accept hours, and undo either. Needs a token with the scope write. */
export function correctCommand(): Command {
  const correct = new Command("correct").description(
    "set wrong facts aside, or accept hours; exits 2 for invalid input, 3 for a conflict",
  );
  const making = (name: string, description: string) =>
    correct
      .command(name)
      .description(description)
      .requiredOption("--reason <text>", "why; shown with the correction")
      .option("--dry-run", "preview without changing anything", false)
      .option("--json", "print the API's response", false);
  making("discard-counts", "set aside counts of an event type from a datacenter; later reports count")
    .requiredOption("--type <name>", "the event type")
    .requiredOption("--datacenter <name>", "the datacenter")
    .option("--stage <stage>", `${stages.join(", ")} (default: all)`)
    .option("--reporter <name>", "default: all reporters")
    .option("--from <hour>", "the first hour, like 2026-11-22T13")
    .option("--to <hour>", "the hour to stop before")
    .action((options: MakeOptions) => make("discard-counts", options));
  making("reset-watermark", "set aside marks that close hours ending after an instant")
    .requiredOption("--datacenter <name>", "the datacenter")
    .requiredOption("--after <instant>", "like 2026-11-22T13:00:00Z")
    .option("--type <name>", "default: every event type")
    .action((options: MakeOptions) => make("reset-watermark", options));
  making("accept-hour", "let jobs read hours that will not become complete, while their figures do not get worse")
    .requiredOption("--type <name>", "the event type")
    .requiredOption("--from <hour>", "the hour, like 2026-11-22T13")
    .option("--to <hour>", "the hour to stop before (default: one hour after --from)")
    .action((options: MakeOptions) => make("accept-hour", options));
  correct
    .command("list")
    .description("list corrections, newest first")
    .option("--type <name>", "only of this event type")
    .option("--datacenter <name>", "only of this datacenter")
    .option("--all", "include undone corrections", false)
    .option("--json", "print JSON", false)
    .action(async ({ json, all, ...filters }: { json: boolean; all: boolean; type?: string; datacenter?: string }) => {
      const corrections = await listCorrections({ ...filters, all });
      if (json) say(JSON.stringify(corrections, null, 2));
      else writeCorrections(corrections).forEach(say);
    });
  correct
    .command("undo")
    .description("undo a correction: its facts count again, or the acceptance ends")
    .argument("<id>", "the id from `tidemark correct list`")
    .option("--reason <text>", "why")
    .option("--json", "print the API's response", false)
    .action(async (id: string, { reason, json }: { reason?: string; json: boolean }) => {
      const undone = await undoCorrection(id, reason);
      if (json) say(JSON.stringify(undone, null, 2));
      else writeCorrection(undone).forEach(say);
    });
  return correct;
}

async function make(action: CorrectionAction, { dryRun, json, type, ...fields }: MakeOptions): Promise<void> {
  const body = { action, ...(type === undefined ? {} : { eventType: type }), ...fields } as CorrectionBody;
  if (dryRun) {
    const preview = await previewCorrection(body);
    if (json) say(JSON.stringify(preview, null, 2));
    else writePreview(preview).forEach(say);
    return;
  }
  const correction = await makeCorrection(body);
  if (json) say(JSON.stringify(correction, null, 2));
  else writeCorrection(correction).forEach(say);
}
