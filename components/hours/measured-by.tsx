import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import type { DatacenterEvidenceJson } from "#domain/api/verdict.ts";
import { sayCitation } from "#domain/source/citation.ts";
import styles from "./datacenter-table.module.css";

/** The sources of the evidence, and how exact and how late each is; nothing if reporters stated it all. */
export function MeasuredBy({ datacenters }: { datacenters: readonly DatacenterEvidenceJson[] }) {
  const cited = datacenters.flatMap(({ name, measuredBy = [] }) =>
    measuredBy.map(({ message: _, ...citation }) => ({ name, citation })),
  );
  const groups = [...Map.groupBy(cited, ({ citation }) => JSON.stringify(citation)).values()];
  if (groups.length === 0) return null;
  return (
    <ul className={`${page.quiet} ${styles.measured}`} aria-label="Sources of the evidence">
      {groups.map((group) => {
        const [{ citation }] = group as [(typeof group)[number]];
        const names = group.map(({ name }) => name);
        return (
          <li key={JSON.stringify(citation)}>
            {sayCitation(names, citation)}{" "}
            <PageLink href={`/sources/${encodeURIComponent(citation.source)}`}>Show source</PageLink>
          </li>
        );
      })}
    </ul>
  );
}
