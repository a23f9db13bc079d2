"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ForAdministrators } from "#components/access/for-administrators.tsx";
import { withBase } from "#components/api/base-path.ts";
import { ApiProblem } from "#components/api/client.ts";
import { failureOf, queries } from "#components/api/queries.ts";
import { AsOf } from "#components/ui/as-of.tsx";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import { isFiltered } from "#components/ui/page-search.ts";
import { PageSkeleton } from "#components/ui/page-skeleton.tsx";
import { Refusal } from "#components/ui/refusal.tsx";
import { type AuditPlace, auditHref, auditSearch } from "./audit-filter.ts";
import { AuditSearch } from "./audit-search.tsx";
import { AuditTable } from "./audit-table.tsx";

const csvAtOnce = "500";

/** Who changed what, the newest first, for administrators. */
export function AuditLog({ place }: { place: AuditPlace }) {
  const { filter, cursor } = place;
  const query = useQuery({ ...queries.audit(auditSearch(place, { limit: "50" })), retry: false });
  if (query.error instanceof ApiProblem && query.error.status === 403) {
    return <ForAdministrators do="read the audit log" command="npx tidemark audit" />;
  }
  if (!query.data && !query.error) return <PageSkeleton label="Loading the audit log" />;
  const { items, nextCursor } = query.data ?? { items: [], nextCursor: null };
  return (
    <article className={page.page}>
      <div className={page.heading}>
        <h1>Audit log</h1>
        {query.data && <AsOf updatedAtMs={query.dataUpdatedAt} failure={failureOf(query)} />}
      </div>
      <AuditSearch key={JSON.stringify(filter)} filter={filter} />
      {items.length > 0 ? (
        <AuditTable entries={items} />
      ) : !query.data ? (
        <Refusal error={query.error} />
      ) : isFiltered(filter) || cursor !== null ? (
        <Notice title="No matching entries" level={2}>
          <p>
            Names and addresses match exactly. <Link href="/audit">Show the whole log</Link>
          </p>
        </Notice>
      ) : (
        <Notice title="No entries" level={2}>
          <p>Every change, sign-in and refused sign-in is listed here from now on.</p>
        </Notice>
      )}
      <nav className={page.row} aria-label="Pages">
        {cursor !== null && <Link href={auditHref(filter)}>← newest</Link>}
        {nextCursor !== null && <Link href={auditHref(filter, nextCursor)}>older →</Link>}
        {items.length > 0 && (
          <>
            <a href={withBase(`/api/v1/audit?${auditSearch(place, { limit: csvAtOnce, format: "csv" })}`)}>CSV</a>
            <span className={page.hint}>of at most {csvAtOnce} entries, from the first above</span>
          </>
        )}
      </nav>
    </article>
  );
}
