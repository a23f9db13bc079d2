import type { Metadata } from "next";
import type { SearchedPage } from "#app/named-page.ts";
import { pageContext } from "#app/page-context.ts";
import { WholeOrSkeleton } from "#app/whole-or-skeleton.tsx";
import { Catalogue } from "#components/catalogue/catalogue.tsx";
import { catalogueStatuses } from "#domain/catalogue/status.ts";
import { listEventTypes } from "#server/catalogue/index.ts";

export const metadata: Metadata = { title: "Catalogue" };

export default function CataloguePage({ searchParams }: SearchedPage) {
  return <WholeOrSkeleton content={catalogueNow(searchParams)} label="Loading the catalogue" />;
}

async function catalogueNow(asked: SearchedPage["searchParams"]) {
  const { status, after } = await asked;
  const only = catalogueStatuses.find((each) => each === status);
  const page = await listEventTypes({
    ctx: await pageContext(),
    input: { status: only, after: typeof after === "string" ? after : null, limit: 500 },
  });
  return <Catalogue eventTypes={page.items} only={only ?? null} next={page.next} isFirst={typeof after !== "string"} />;
}
