import Link from "next/link";
import { CopyLine } from "#components/ui/copy-line.tsx";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import { hrefOf } from "#components/ui/page-search.ts";
import { Tabs } from "#components/ui/tabs.tsx";
import type { EventTypeJson } from "#domain/api/catalogue.ts";
import { CatalogueTable } from "./catalogue-table.tsx";

type Status = EventTypeJson["status"];

interface CatalogueProps {
  eventTypes: readonly EventTypeJson[];
  /** null: any status. */
  only: Status | null;
  /** The cursor of the next page, a name; null on the last. */
  next: string | null;
  isFirst: boolean;
}

const views: readonly { only: Status | null; name: string }[] = [
  { only: null, name: "All" },
  { only: "claimed", name: "Claimed" },
  { only: "discovered", name: "Discovered" },
  { only: "retired", name: "Retired" },
];

/** All event types, by name. */
export function Catalogue({ eventTypes, only, next, isFirst }: CatalogueProps) {
  return (
    <article className={page.page}>
      <h1>Catalogue</h1>
      <Tabs
        label="Event types by status"
        current={catalogueHref(only, null)}
        tabs={views.map((view) => ({ href: catalogueHref(view.only, null), name: view.name }))}
      />
      {eventTypes.length > 0 ? <CatalogueTable eventTypes={eventTypes} /> : <NothingHere only={only} />}
      {(next !== null || !isFirst) && (
        <nav className={page.row} aria-label="Pages">
          {!isFirst && <Link href={catalogueHref(only, null)}>← from the start</Link>}
          {next !== null && <Link href={catalogueHref(only, next)}>after {next} →</Link>}
        </nav>
      )}
    </article>
  );
}

function catalogueHref(status: Status | null, after: string | null): string {
  return hrefOf("/event-types", { status, after });
}

function NothingHere({ only }: { only: Status | null }) {
  if (only === "discovered") {
    return (
      <Notice title="No discovered event types" level={2}>
        <p>Every reported event type is claimed.</p>
      </Notice>
    );
  }
  if (only === "retired") {
    return (
      <Notice title="No retired event types" level={2}>
        <p>Set activeTo to retire an event type. Verdicts of its hours stay readable.</p>
      </Notice>
    );
  }
  return (
    <Notice title={only ? "No claimed event types" : "The catalogue is empty"} level={2}>
      <p>List your event types in a file, each with an owner and a tier, and apply it:</p>
      <CopyLine text="npx tidemark apply -f catalog.yaml" label="the command" />
    </Notice>
  );
}
