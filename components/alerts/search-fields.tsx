"use client";

import { useState } from "react";
import { DayField } from "#components/forms/day-field.tsx";
import { DatacenterField, EventTypeField } from "#components/forms/name-fields.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { severities } from "#domain/alert/severity.ts";
import { incidentStates } from "#domain/incident.ts";
import type { IncidentFilters } from "./incident-filters.ts";

const anyOf = (name: string, values: readonly string[]) => [
  { value: "", label: `any ${name}` },
  ...values.map((value) => ({ value, label: value })),
];

/** What incidents are searched by beside words. */
export function SearchFields({ filters }: { filters: IncidentFilters }) {
  const [from, setFrom] = useState(filters.from);
  const [to, setTo] = useState(filters.to);
  return (
    <>
      <DatacenterField name="datacenter" defaultValue={filters.datacenter} />
      <EventTypeField name="eventType" defaultValue={filters.eventType} />
      <Choice name="severity" label="Severity" data={anyOf("severity", severities)} defaultValue={filters.severity} />
      <Choice name="state" label="State" data={anyOf("state", incidentStates)} defaultValue={filters.state} />
      <DayField name="from" label="Opened from (UTC)" required={false} value={from} onChange={setFrom} />
      <DayField name="to" label="Opened to (UTC)" required={false} value={to} onChange={setTo} />
    </>
  );
}
