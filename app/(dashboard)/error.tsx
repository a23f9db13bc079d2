"use client";

import { PageCouldNotBeRead } from "#components/ui/page-could-not-be-read.tsx";

export default function DashboardError({ error }: { error: unknown }) {
  return <PageCouldNotBeRead error={error} />;
}
