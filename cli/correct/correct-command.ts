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
    "take wrong facts back, or accept hours as they are; exits 2 for what cannot be used, 3 for what stands against it",
  );
  const making = (name: string, description: string) =>
    correct
      .command(name)
      .description(description)
      .requiredOption("--reason <text>", "why: others read it")
      .option("--dry-run", "only show what it would do", false)
      .option("--json", "print the API's answer", false);
  making("discard-counts", "set counts of a type from a datacenter aside; what is counted from now on counts")
    .requiredOption("--type <name>", "the event type")
    .requiredOption("--datacenter <name>", "the datacenter")
    .option("--stage <stage>", `${stages.join(", ")}; all if left out`)
    .option("--reporter <name>", "all reporters if left out")
    .option("--from <hour>", "the first hour, like 2026-11-22T13")
    .option("--to <hour>", "the first hour that stays as it is")
    .action((options: MakeOptions) => make("discard-counts", options));
  making("reset-watermark", "set marks that close hours ending after an instant aside")
    .requiredOption("--datacenter <name>", "the datacenter")
    .requiredOption("--after <instant>", "like 2026-11-22T13:00:00Z")
    .option("--type <name>", "every event type if left out")
    .action((options: MakeOptions) => make("reset-watermark", options));
  making("accept-hour", "let jobs read hours that will not get better, while their figures get no worse")
    .requiredOption("--type <name>", "the event type")
    .requiredOption("--from <hour>", "the hour, like 2026-11-22T13")
    .option("--to <hour>", "the first hour that is not accepted; the one after --from if left out")
    .action((options: MakeOptions) => make("accept-hour", options));
  correct
    .command("list")
    .description("list corrections, the newest first")
    .option("--type <name>", "of this event type")
    .option("--datacenter <name>", "of this datacenter")
    .option("--all", "also those that were undone", false)
    .option("--json", "print them as JSON", false)
    .action(async ({ json, all, ...filters }: { json: boolean; all: boolean; type?: string; datacenter?: string }) => {
      const corrections = await listCorrections({ ...filters, all });
      if (json) say(JSON.stringify(corrections, null, 2));
      else writeCorrections(corrections).forEach(say);
    });
  correct
    .command("undo")
    .description("make what a correction set aside count again, or end an acceptance")
    .argument("<id>", "as `tidemark correct list` shows it")
    .option("--reason <text>", "why")
    .option("--json", "print the API's answer", false)
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
