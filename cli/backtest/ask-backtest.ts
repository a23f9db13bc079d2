import type { RuleJson } from "#domain/api/alerts.ts";
import type { BacktestJson } from "#domain/api/backtest.ts";
import { readCatalogueFiles } from "../apply/read-catalogue-files.ts";
import { ask } from "../call-api.ts";
import { CliError } from "../cli-error.ts";
import { readDocuments } from "../read-documents.ts";

export interface Asked {
  /** Exactly one of the two. */
  rule: string | null;
  file: string | null;
  from: string | null;
  to: string | null;
}

export async function askBacktest({ rule, file, from, to }: Asked): Promise<BacktestJson> {
  const range = { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
  if (rule !== null) {
    const params = { path: { name: rule }, query: range };
    return ask((api) => api.POST("/rules/{name}/backtest", { params }));
  }
  const spec = await readRule(file ?? "");
  return ask((api) => api.POST("/backtests", { body: { spec, ...range } }));
}

/** The spec of the one rule among the documents; Tidemark validates it. */
async function readRule(path: string): Promise<RuleJson["spec"]> {
  const { text } = await readCatalogueFiles([path]);
  const rules = (await readDocuments(text)).flatMap(({ value }) => (isRule(value) ? [value] : []));
  const [rule] = rules;
  if (rule && rules.length === 1) return rule.spec as RuleJson["spec"];
  throw new CliError(`${path} has ${rules.length === 0 ? "no" : "more than one"} AlertRule document.`);
}

function isRule(value: unknown): value is { spec: unknown } {
  return (
    typeof value === "object" && value !== null && "kind" in value && value.kind === "AlertRule" && "spec" in value
  );
}
