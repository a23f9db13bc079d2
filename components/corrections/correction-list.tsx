"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { withBase } from "#components/api/base-path.ts";
import type { ListJson } from "#components/api/client.ts";
import { correctionQueries } from "#components/api/corrections.ts";
import { queries } from "#components/api/queries.ts";
import { DatacenterField, EventTypeField } from "#components/forms/name-fields.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import type { CorrectionJson } from "#domain/api/corrections.ts";
import { CorrectionRows } from "./correction-rows.tsx";
import { correctionSearch, type ListedCorrections } from "./listed-corrections.ts";

interface CorrectionListProps {
  initial: ListJson<CorrectionJson>;
  listed: ListedCorrections;
  asOf: string;
}

const states = [
  { value: "active", label: "In force" },
  { value: "undone", label: "Undone" },
  { value: "all", label: "All" },
];

/** Every correction that the URL asks for, newest first. */
export function CorrectionList({ initial, listed, asOf }: CorrectionListProps) {
  const status = useQuery({ ...queries.status(), enabled: false });
  const query = useQuery({ ...correctionQueries.list(correctionSearch(listed)), initialData: initial });
  const { items, nextCursor } = query.data;
  const older = nextCursor && `/corrections?${new URLSearchParams({ ...filtersOf(listed), cursor: nextCursor })}`;
  return (
    <article className={page.page}>
      <PageHeading query={query}>Corrections</PageHeading>
      <form className={page.row} action={withBase("/corrections")}>
        <EventTypeField name="eventType" defaultValue={listed.eventType} />
        <DatacenterField name="datacenter" defaultValue={listed.datacenter} />
        <Choice label="State" name="state" defaultValue={listed.state} data={states} />
        <Button type="submit">Filter</Button>
      </form>
      {items.length === 0 ? (
        <Notice title="No corrections" level={2}>
          <p>
            Discard counts, reset watermarks or accept hours on the page of an hour, event type or datacenter.{" "}
            <a href={withBase("/docs/corrections")}>How corrections work</a>
          </p>
        </Notice>
      ) : (
        <section className={page.card} aria-label="Corrections">
          <CorrectionRows corrections={items} asOf={status.data?.now ?? asOf} />
          {older && (
            <p>
              <Link href={older}>Older corrections</Link>
            </p>
          )}
        </section>
      )}
    </article>
  );
}

function filtersOf({ eventType, datacenter, state }: ListedCorrections): Record<string, string> {
  return { ...(eventType && { eventType }), ...(datacenter && { datacenter }), state };
}
