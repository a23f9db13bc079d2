"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { DataTable } from "#components/ui/data-table.tsx";
import { formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { AuditEntryJson } from "#domain/api/audit.ts";
import { auditHref, readAuditPlace } from "./audit-filter.ts";
import { actorKindWords, actWords, doorWords, fieldChanges, leftOut } from "./audit-words.ts";

/** The log's entries. What one changed opens below it. */
export function AuditTable({ entries }: { entries: readonly AuditEntryJson[] }) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <DataTable
      label="Entries, newest first"
      rows={entries}
      rowKey={({ id }) => id}
      detail={(entry) => entry.id === open && <EntryChanges entry={entry} />}
      columns={[
        {
          head: "Act",
          cell: ({ act, kind, name }) => (
            <>
              {actWords(act)}{" "}
              <PageLink href={hrefOf({ kind, name })} title="All entries of this object">
                {name}
              </PageLink>
            </>
          ),
        },
        { head: "Time", label: null, word: true, cell: ({ at }) => <Time at={at} /> },
        {
          head: "Who",
          label: null,
          cell: ({ actor, actorKind }) => (
            <>
              <PageLink href={hrefOf({ actor })} title="All entries of this author">
                {actor}
              </PageLink>
              <div className={page.quiet}>{actorKindWords[actorKind]}</div>
            </>
          ),
        },
        {
          head: "From",
          cell: ({ door, address }) => [doorWords[door], address].filter((part) => part !== null).join(", "),
        },
        { head: "Team", cell: ({ team }) => team ?? "", narrow: "hidden" },
        { head: "Reason", cell: ({ reason }) => reason ?? "" },
        {
          head: "Changes",
          label: null,
          word: true,
          cell: (entry) => {
            const count = fieldChanges(entry).length;
            if (count === 0) return null;
            const isOpen = entry.id === open;
            return (
              <Button size="compact-sm" aria-expanded={isOpen} onClick={() => setOpen(isOpen ? null : entry.id)}>
                {formatCountOf(count, "field")}
              </Button>
            );
          },
        },
      ]}
    />
  );
}

/** Before and after side by side, of the fields that differ. */
function EntryChanges({ entry }: { entry: AuditEntryJson }) {
  const changes = fieldChanges(entry);
  return (
    <div className={page.list}>
      <DataTable
        plain
        label={`Changes of ${entry.name}`}
        rows={changes}
        rowKey={({ field }) => field}
        columns={[
          { head: "Field", cell: ({ field }) => field },
          entry.before !== null && { head: "Before", cell: ({ before }) => before, narrow: "line" },
          entry.after !== null && { head: "After", cell: ({ after }) => after, narrow: "line" },
        ]}
      />
      {leftOut(changes).map((text) => (
        <p key={text} className={page.hint}>
          {text}
        </p>
      ))}
      {entry.requestId !== null && (
        <p className={page.hint}>
          Request <code>{entry.requestId}</code>, as in the logs.
        </p>
      )}
    </div>
  );
}

function hrefOf(asked: Record<string, string>): string {
  return auditHref(readAuditPlace(asked).filter);
}
