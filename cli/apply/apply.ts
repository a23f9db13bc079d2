import type { ApplyResultJson } from "#domain/api/catalogue.ts";
import { effectWords } from "#domain/catalogue.ts";
import { ApiRefusal, ask } from "../call-api.ts";
import { CliError } from "../cli-error.ts";
import { remark } from "../print.ts";
import { type CatalogueText, readCatalogueFiles } from "./read-catalogue-files.ts";
import { writeChanges } from "./write-changes.ts";

export interface ApplyOptions {
  readonly file: readonly string[];
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** Makes the catalogue match the files, in one transaction, and prints the difference. What it does to the past is said before. */
export async function apply({ file, dryRun, json }: ApplyOptions): Promise<string[]> {
  const catalogue = await readCatalogueFiles(file);
  try {
    const preview = await send(catalogue, true);
    if (!dryRun) warningsOf(preview).forEach(remark);
    const answer = dryRun ? preview : await send(catalogue, false);
    return json ? [JSON.stringify(answer, null, 2)] : writeChanges(answer, dryRun);
  } catch (error) {
    throw error instanceof ApiRefusal ? explain(error, catalogue) : error;
  }
}

function send({ text: body }: CatalogueText, dryRun: boolean): Promise<ApplyResultJson> {
  return ask((api) =>
    api.POST("/catalogue", {
      params: { query: dryRun ? { dryRun: "true" } : {} },
      body,
      headers: { "content-type": "application/yaml" },
      bodySerializer: (text) => text,
    }),
  );
}

/** Of changes that give a type a past or take verdicts away. The current hour alone is no past. */
function warningsOf({ changes }: ApplyResultJson): string[] {
  return changes.flatMap(({ kind, name, effect }) =>
    effect && ((kind === "EventType" && effect.hoursCreated > 1) || effect.hoursDeleted > 0)
      ? [`${kind} ${name}: ${effectWords(effect, { kind, name }).join(" ")}`]
      : [],
  );
}

function explain({ problem }: ApiRefusal, catalogue: CatalogueText): CliError {
  const faults = (problem.errors ?? []).map(({ pointer = "", line, detail }) => {
    const member = pointer.replace(/^\/\d+/, "");
    return `${line === undefined ? "" : `${catalogue.locate(line)}: `}${member}${member ? " " : ""}${detail}`;
  });
  return new CliError([...faults, problem.detail].join("\n"));
}
