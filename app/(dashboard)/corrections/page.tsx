import type { Metadata } from "next";
import type { SearchedPage } from "#app/named-page.ts";
import { pageContext } from "#app/page-context.ts";
import { CorrectionList } from "#components/corrections/correction-list.tsx";
import { correctionsAtOnce, readListed } from "#components/corrections/listed-corrections.ts";
import { listCorrections } from "#server/corrections/index.ts";

export const metadata: Metadata = { title: "Corrections" };

export default async function CorrectionsPage({ searchParams }: SearchedPage) {
  const listed = readListed(await searchParams);
  const ctx = await pageContext();
  const { items, next } = await listCorrections({
    ctx,
    input: {
      eventType: listed.eventType || undefined,
      datacenter: listed.datacenter || undefined,
      active: listed.state === "all" ? undefined : listed.state === "active",
      before: readCursor(listed.cursor),
      limit: correctionsAtOnce,
    },
  });
  const nextCursor = next === null ? null : Buffer.from(JSON.stringify(next)).toString("base64url");
  return (
    <CorrectionList
      key={JSON.stringify(listed)}
      initial={{ items, nextCursor }}
      listed={listed}
      asOf={ctx.clock.now().toISOString()}
    />
  );
}

/** An invalid cursor starts at the newest. */
function readCursor(cursor: string | null): bigint | null {
  if (cursor === null) return null;
  const digits = /^"(\d{1,18})"$/.exec(Buffer.from(cursor, "base64url").toString("utf8"))?.[1];
  return digits === undefined ? null : BigInt(digits);
}
