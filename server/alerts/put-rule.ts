import { parseAlertRule } from "#domain/alert-rule.ts";
import type { RuleJson } from "#domain/api/alerts.ts";
import { type Context, requireScope } from "#server/access/context.ts";
import { Invalid } from "#server/errors.ts";
import { readRule } from "./list-rules.ts";
import { markAlertsDue } from "./mark-alerts-due.ts";

/** Writes a rule whole, in place of the one of the same name; it is looked at within a second. */
export async function putRule({
  ctx,
  input,
}: {
  ctx: Context;
  input: { name: string; spec: unknown };
}): Promise<RuleJson> {
  requireScope(ctx, "write");
  const { name, spec } = input;
  const parsed = parseAlertRule(spec);
  if (!parsed.ok) throw new Invalid("The rule cannot be used.", parsed.faults);
  const now = ctx.clock.now();
  await ctx.database.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO alert_rule (name, spec, is_default, updated_at, updated_by) VALUES ($1, $2, false, $3, $4)
       -- the last writer's rule stands, whole
       ON CONFLICT (name) DO UPDATE SET spec = excluded.spec, is_default = false, updated_at = excluded.updated_at,
         updated_by = excluded.updated_by`,
      [name, JSON.stringify(spec), now, ctx.actor],
    );
    await markAlertsDue(tx, null, now);
  });
  return readRule({ ctx: { ...ctx, scopes: new Set([...ctx.scopes, "read"]) }, input: { name } });
}
