import { stringify } from "yaml";
import { type NamedObjective, toOpenSlo } from "#domain/slo.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";

/** Every objective of the catalogue as OpenSLO v1 documents in YAML. */
export async function exportOpenSlo({ ctx }: { ctx: Context }): Promise<string> {
  requireScope(ctx, "read");
  const objectives = await loadObjectives(ctx.database.sql);
  const sayable = objectives.filter(({ target }) => target < 1);
  const rest = objectives.filter(({ target }) => target >= 1);
  const notes = rest.map(
    ({ kind, name, measure }) =>
      `# ${kind} ${JSON.stringify(name)}: 100 % of ${measure} cannot be said in OpenSLO v1.\n`,
  );
  if (sayable.length === 0) notes.unshift("# The catalogue holds no objective that OpenSLO v1 can say.\n");
  return [notes.join(""), ...sayable.map((objective) => stringify(toOpenSlo(objective)))].join("---\n");
}

async function loadObjectives(sql: Sql): Promise<NamedObjective[]> {
  return sql.rows<NamedObjective>(
    `SELECT o.kind, o.name, o.owner, m.measure, m.target
       FROM (SELECT 'Tier' AS kind, name, NULL AS owner, objective AS timeliness, objective_completeness AS completeness,
                    objective_skew AS skew FROM tier
             UNION ALL
             SELECT 'EventType', name, owner, objective_timeliness, objective_completeness, objective_skew
               FROM event_type WHERE claimed_at IS NOT NULL) o
      CROSS JOIN LATERAL (VALUES (1, 'timeliness', o.timeliness), (2, 'completeness', o.completeness), (3, 'skew', o.skew))
                           AS m(position, measure, target)
      WHERE m.target IS NOT NULL
      ORDER BY o.kind DESC, o.name COLLATE "C", m.position`,
  );
}
