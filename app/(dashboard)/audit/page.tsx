import type { Metadata } from "next";
import type { SearchedPage } from "#app/named-page.ts";
import { readAuditPlace } from "#components/audit/audit-filter.ts";
import { AuditLog } from "#components/audit/audit-log.tsx";

export const metadata: Metadata = { title: "Audit log" };

/** For administrators: who changed what. The log is read by the browser, as its reader. */
export default async function AuditPage({ searchParams }: SearchedPage) {
  return <AuditLog place={readAuditPlace(await searchParams)} />;
}
