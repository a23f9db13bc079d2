import { ApiRefusal, ask } from "../call-api.ts";
import { CliError } from "../cli-error.ts";
import { type CatalogueText, readCatalogueFiles } from "./read-catalogue-files.ts";
import { writeChanges } from "./write-changes.ts";

export interface ApplyOptions {
  readonly file: readonly string[];
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** Makes the catalogue match the files, in one transaction, and prints the difference. */
export async function apply({ file, dryRun, json }: ApplyOptions): Promise<string[]> {
  const catalogue = await readCatalogueFiles(file);
  try {
    const answer = await ask((api) =>
      api.POST("/catalogue", {
        params: { query: dryRun ? { dryRun: "true" } : {} },
        body: catalogue.text,
        headers: { "content-type": "application/yaml" },
        bodySerializer: (text) => text,
      }),
    );
    return json ? [JSON.stringify(answer, null, 2)] : writeChanges(answer, dryRun);
  } catch (error) {
    throw error instanceof ApiRefusal ? explain(error, catalogue) : error;
  }
}

function explain({ problem }: ApiRefusal, catalogue: CatalogueText): CliError {
  const faults = (problem.errors ?? []).map(({ pointer = "", line, detail }) => {
    const member = pointer.replace(/^\/\d+/, "");
    return `${line === undefined ? "" : `${catalogue.locate(line)}: `}${member}${member ? " " : ""}${detail}`;
  });
  return new CliError([...faults, problem.detail].join("\n"));
}
