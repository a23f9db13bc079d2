"use client";

import { useMay } from "#components/access/use-may.ts";
import { api } from "#components/api/client.ts";
import { onCallKeys } from "#components/api/queries.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { type Column, DataTable } from "#components/ui/data-table.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { Time } from "#components/ui/time.tsx";
import { useAct } from "#components/ui/use-act.ts";
import type { OnCallOverrideJson } from "#domain/api/on-call.ts";

interface OverrideListProps {
  schedule: string;
  overrides: readonly OnCallOverrideJson[];
  asOf: string;
}

/** The overrides ahead, to be removed; and those that are over or were removed, as history. */
export function OverrideList({ schedule, overrides, asOf }: OverrideListProps) {
  const may = useMay("respond");
  const removeOne = (id: string) =>
    api.DELETE("/on-call-schedules/{name}/overrides/{id}", { params: { path: { name: schedule, id } } });
  const remove = useAct(removeOne, { says: "Override removed.", rereads: onCallKeys(schedule) });
  const isAhead = ({ endsAt, removedAt }: OnCallOverrideJson) => removedAt === null && endsAt > asOf;
  const ahead = overrides.filter(isAhead).toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  const past = overrides.filter((override) => !isAhead(override));
  const columns: (Column<OnCallOverrideJson> | false)[] = [
    {
      head: "On call",
      cell: ({ person, counts }) => `${person}${counts ? "" : " (left the schedule, does not count)"}`,
    },
    { head: "From", cell: ({ startsAt }) => <Time at={startsAt} relativeTo={asOf} /> },
    { head: "Until", cell: ({ endsAt }) => <Time at={endsAt} relativeTo={asOf} /> },
    { head: "Reason", cell: ({ reason }) => reason ?? "–" },
    {
      head: "By",
      cell: ({ createdBy, source }) => (source === "calendar" ? `${createdBy}, from a calendar` : createdBy),
    },
  ];
  return (
    <>
      {ahead.length === 0 ? (
        <p>No overrides ahead: the rotation counts.</p>
      ) : (
        <DataTable
          label="Overrides ahead"
          plain
          columns={[
            ...columns,
            may === true && {
              head: "Act",
              label: null,
              cell: ({ id }) => <ConfirmButton name="Remove" confirm="Remove now" act={remove} input={id} />,
            },
          ]}
          rows={ahead}
          rowKey={({ id }) => id}
        />
      )}
      <Refusal error={remove.error} />
      {past.length > 0 && (
        <Disclosure summary={`Past and removed overrides (${past.length})`}>
          <DataTable
            label="Past and removed overrides"
            plain
            columns={[
              ...columns,
              {
                head: "Removed",
                cell: ({ removedBy, removedAt }) => removedAt && <Removed by={removedBy} at={removedAt} asOf={asOf} />,
              },
            ]}
            rows={past}
            rowKey={({ id }) => id}
          />
        </Disclosure>
      )}
    </>
  );
}

function Removed({ by, at, asOf }: { by: string | null; at: string; asOf: string }) {
  return (
    <span className={page.quiet}>
      by {by}, <Time at={at} relativeTo={asOf} />
    </span>
  );
}
