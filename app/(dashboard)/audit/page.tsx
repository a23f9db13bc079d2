import type { Metadata } from "next";
import { readAuditPlace } from "#components/audit/audit-filter.ts";
import { AuditLog } from "#components/audit/audit-log.tsx";

export const metadata: Metadata = { title: "Audit log" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** For administrators: who changed what. The log is read by the browser, as its reader. */
export default async function AuditPage({ searchParams }: Props) {
  return <AuditLog place={readAuditPlace(await searchParams)} />;
}
