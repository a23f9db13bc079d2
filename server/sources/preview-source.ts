import type { SourcePreviewJson } from "#domain/api/sources.ts";
import { parseSource, previewMapping, type ResourceKind } from "#domain/source.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { Invalid } from "#server/errors.ts";

interface Preview {
  /** As written. */
  readonly spec: unknown;
  /** Whose resources are matched, as its last collections saw them; null: none. */
  readonly source: string | null;
  /** Further ids to try. */
  readonly ids: readonly string[];
}

/** More than this are not read, and of these more are not listed. */
const mostRead = 20_000;
const mostListed = 200;

/** What a spec's patterns would make of the resources that a source has seen, before it is saved. Nothing outside is asked. */
export async function previewSource({ ctx, input }: Call<Preview>): Promise<SourcePreviewJson> {
  requireScope(ctx, "read");
  const parsed = parseSource(input.spec);
  if (!parsed.ok) {
    const faults = parsed.faults.map(({ pointer = "", ...fault }) => ({ ...fault, pointer: `/spec${pointer}` }));
    throw new Invalid("The source is invalid.", faults);
  }
  const { rows } = await ctx.database.sql.query<{ kind: ResourceKind; id: string }>(
    "SELECT kind, resource AS id FROM source_resource WHERE source = $1 ORDER BY kind, resource LIMIT $2",
    [input.source, mostRead],
  );
  const found = previewMapping(parsed.spec, rows, input.ids);
  const mapped = found.filter(({ lanes }) => lanes.length > 0);
  const others = found.filter(({ lanes }) => lanes.length === 0);
  const lanes = mapped.flatMap((resource) => resource.lanes);
  return {
    mapped: mapped.length,
    notMapped: others.length,
    eventTypes: distinct(lanes.map(({ eventType }) => eventType)),
    datacenters: distinct(lanes.map(({ datacenter }) => datacenter)),
    // What is wrong comes first.
    resources: [...others.slice(0, mostListed / 2), ...mapped].slice(0, mostListed),
  };
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort().slice(0, mostListed);
}
