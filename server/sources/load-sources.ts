import { parseSource, type SourceSpec } from "#domain/source.ts";
import type { Sql } from "#server/db/database.ts";

/** A source as the collectors see it. */
export interface StoredSource {
  readonly name: string;
  /** Sentences, if the stored spec is not one: it came by another way than a document. */
  readonly spec: SourceSpec | readonly string[];
  /** Changes with each write of the spec. */
  readonly version: string;
  /** The start of its last collection. */
  readonly startedAt: Date | null;
}

/** Every source, with when it was last collected. */
export async function loadSources(sql: Sql): Promise<StoredSource[]> {
  const { rows } = await sql.query<{ name: string; spec: unknown; version: string; startedAt: Date | null }>(
    `SELECT s.name, s.spec, md5(s.spec::text) AS version, r.started_at AS "startedAt"
       FROM source s LEFT JOIN source_run r ON r.source = s.name ORDER BY s.name`,
  );
  return rows.map(({ spec, ...row }) => {
    const parsed = parseSource(spec);
    if (parsed.ok) return { ...row, spec: parsed.spec };
    return { ...row, spec: parsed.faults.map(({ pointer, detail }) => `spec${pointer} ${detail}.`) };
  });
}
