import type { RoutesTestJson } from "#domain/api/routing.ts";
import { type CatalogueDocument, parseDocument } from "#domain/catalogue.ts";
import { explainRoutes, type RoutingTree } from "#domain/routing.ts";
import { Invalid } from "#server/errors.ts";
import { type CatalogueText, readCatalogueFiles } from "../apply/read-catalogue-files.ts";
import { ask } from "../call-api.ts";
import { CliError } from "../cli-error.ts";
import { readDocuments } from "../read-documents.ts";

/** Asks Tidemark; with a file it works offline: a tree can be tested before it is applied. */
export async function testRoutes({
  labels,
  tree,
}: {
  labels: Record<string, string>;
  tree: string | null;
}): Promise<RoutesTestJson> {
  if (tree !== null) return explainRoutes(await readTree(tree), labels, new Date());
  return ask((api) => api.POST("/routes/test", { body: { labels } }));
}

async function readTree(path: string): Promise<RoutingTree> {
  const files = await readCatalogueFiles([path]);
  const trees = (await readSources(files)).filter(({ value }) => kindOf(value) === "RoutingTree");
  const [source] = trees;
  if (!source || trees.length > 1) {
    throw new CliError(`${path} has ${trees.length === 0 ? "no" : "more than one"} RoutingTree document.`);
  }
  const parsed = parseDocument(source.value);
  if (parsed.ok) return (parsed.document as Extract<CatalogueDocument, { kind: "RoutingTree" }>).spec;
  const faults = parsed.faults.map(({ pointer, detail }) => {
    const { line } = source.locate(pointer);
    return `${files.locate(line ?? 1)}: ${pointer} ${detail}`;
  });
  throw new CliError(faults.join("\n"));
}

async function readSources(files: CatalogueText): ReturnType<typeof readDocuments> {
  try {
    return await readDocuments(files.text);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const faults = error.faults.map(({ line, detail }) => `${files.locate(line ?? 1)}: ${detail}`);
    throw new CliError([...faults, error.message].join("\n"));
  }
}

function kindOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "kind" in value ? value.kind : null;
}
