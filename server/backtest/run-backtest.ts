import { type AlertRule, defaultRules } from "#domain/alert.ts";
import { parseAlertRule } from "#domain/alert-rule.ts";
import type { BacktestJson } from "#domain/api/backtest.ts";
import { readsForecasts, runBacktest } from "#domain/backtest.ts";
import { addHours, type Hour, hourOf } from "#domain/hour.ts";
import { type Call, type Context, requireScope } from "#server/access/index.ts";
import { loadStoredRules } from "#server/alerts/index.ts";
import { Invalid, NotFound } from "#server/errors.ts";
import { toBacktestJson } from "./backtest-json.ts";
import { withChances } from "./load-chances.ts";
import { loadHistory } from "./load-history.ts";
import type { HistoryRange } from "./load-scope.ts";
import { workBetweenTurns } from "./work-between-turns.ts";

export interface BacktestRange {
  /** null: 30 days before `to`. */
  from: Hour | null;
  /** Excluded; null: the current hour. */
  to: Hour | null;
}

/** A quarter plus a day. */
const mostHours = 93 * 24;
const usualHours = 30 * 24;

/** What a stored or built-in rule would have done. */
export async function backtestRule({ ctx, input }: Call<BacktestRange & { name: string }>): Promise<BacktestJson> {
  requireScope(ctx, "respond");
  const stored = (await loadStoredRules(ctx.database.sql)).find(({ name }) => name === input.name);
  const spec = stored ? parse(stored.spec) : defaultRules.find(({ name }) => name === input.name)?.spec;
  if (!spec) throw new NotFound(`Rule "${input.name}" does not exist. GET /api/v1/rules lists all rules.`);
  return run(ctx, { name: input.name, spec, isDefault: false }, input.name, input);
}

/** What a draft would have done. */
export async function backtestDraft({ ctx, input }: Call<BacktestRange & { spec: unknown }>): Promise<BacktestJson> {
  requireScope(ctx, "respond");
  return run(ctx, { name: "draft", spec: parse(input.spec), isDefault: false }, null, input);
}

function parse(spec: unknown): AlertRule["spec"] {
  const parsed = parseAlertRule(spec);
  if (parsed.ok) return parsed.spec;
  throw new Invalid("The rule is invalid.", parsed.faults);
}

async function run(ctx: Context, rule: AlertRule, name: string | null, asked: BacktestRange): Promise<BacktestJson> {
  const range = readRange(asked, ctx.clock.now());
  const loaded = await loadHistory(ctx.database.sql, rule, range);
  const history = readsForecasts(rule.spec.metric) ? await withChances(ctx.database, loaded) : loaded;
  if (!history) return toBacktestJson(rule, name, loaded, { notReplayable: noModel, tallies: [] });
  return toBacktestJson(rule, name, history, await workBetweenTurns(runBacktest(rule, history)));
}

const noModel = "No forecast has been fitted yet. It is fitted once the first hours are closed.";

function readRange({ from, to }: BacktestRange, now: Date): HistoryRange {
  const end = to ?? hourOf(now);
  const start = from ?? addHours(end, -usualHours);
  const hours = (end.getTime() - start.getTime()) / 3_600_000;
  if (hours <= 0) throw new Invalid("The range is empty.", [{ parameter: "to", detail: "must be after from" }]);
  if (hours > mostHours) {
    throw new Invalid("The range is too long.", [{ parameter: "from", detail: "must be at most 93 days before to" }]);
  }
  return { from: start, to: end, now };
}
