"use client";

import { PageCouldNotBeRead } from "#components/ui/page-could-not-be-read.tsx";

export default function RootError({ error }: { error: unknown }) {
  return (
    <main style={{ padding: 24 }}>
      <PageCouldNotBeRead error={error} />
    </main>
  );
}
