import type { DatacenterJson } from "#domain/api/catalogue.ts";
import { catalogueStatus } from "#domain/catalogue/status.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import { NotFound } from "#server/errors.ts";
import { cutPage, type Page } from "#server/page.ts";
import { datacenterFields } from "./changed-fields.ts";
import { writeSpec } from "./write-spec.ts";

interface DatacenterView {
  name: string;
  displayName: string | null;
  claimedAt: Date | null;
  activeFrom: Date | null;
  activeTo: Date | null;
  discoveredAt: Date;
  lastSeenAt: Date | null;
  components: ComponentView[];
}

interface ComponentView {
  component: string;
  instance: string;
  version: string | null;
  startedAtMs: number | null;
  lastSeenAtMs: number;
}

// Milliseconds: JSON text of an instant depends on the session's time zone.
const datacenterStatement = `
SELECT d.name, d.display_name AS "displayName", d.claimed_at AS "claimedAt", d.active_from AS "activeFrom",
       d.active_to AS "activeTo", d.discovered_at AS "discoveredAt", d.last_seen_at AS "lastSeenAt",
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
                 'component', c.component, 'instance', c.instance, 'version', c.version,
                 'startedAtMs', floor(extract(epoch FROM c.started_at) * 1000),
                 'lastSeenAtMs', floor(extract(epoch FROM c.last_seen_at) * 1000)) ORDER BY c.component, c.instance), '[]')
          FROM component_instance c WHERE c.datacenter_id = d.id) AS components
  FROM datacenter d`;

/** Datacenters by name, with what runs there according to heartbeats. */
export async function listDatacenters({
  ctx,
  input,
}: {
  ctx: Context;
  input: { after: string | null; limit: number };
}): Promise<Page<DatacenterJson, string>> {
  requireScope(ctx, "read");
  const { rows } = await ctx.database.sql.query<DatacenterView>(
    `${datacenterStatement} WHERE $1::text IS NULL OR d.name > $1 ORDER BY d.name LIMIT $2`,
    [input.after, input.limit + 1],
  );
  return cutPage(
    rows.map((row) => toJson(row, ctx.clock.now())),
    input.limit,
    (item) => item.name,
  );
}

/** One datacenter; NotFound for a name never claimed or reported. */
export async function readDatacenter({
  ctx,
  input,
}: {
  ctx: Context;
  input: { name: string };
}): Promise<DatacenterJson> {
  requireScope(ctx, "read");
  const { rows } = await ctx.database.sql.query<DatacenterView>(`${datacenterStatement} WHERE d.name = $1`, [
    input.name,
  ]);
  if (rows[0]) return toJson(rows[0], ctx.clock.now());
  throw new NotFound(`Datacenter "${input.name}" does not exist. GET /api/v1/datacenters lists all datacenters.`);
}

function toJson(row: DatacenterView, now: Date): DatacenterJson {
  return {
    name: row.name,
    displayName: row.displayName,
    status: catalogueStatus(row, now),
    activeFrom: row.activeFrom?.toISOString() ?? null,
    activeTo: row.activeTo?.toISOString() ?? null,
    discoveredAt: row.discoveredAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    spec: row.claimedAt ? writeSpec(datacenterFields, row) : null,
    components: row.components.map(({ startedAtMs, lastSeenAtMs, ...component }) => ({
      ...component,
      startedAt: startedAtMs === null ? null : new Date(startedAtMs).toISOString(),
      lastSeenAt: new Date(lastSeenAtMs).toISOString(),
    })),
  };
}
