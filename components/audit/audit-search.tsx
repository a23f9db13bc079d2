"use client";

import { Button, TextInput } from "@mantine/core";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import alerts from "#components/alerts/alerts.module.css";
import { withBase } from "#components/api/base-path.ts";
import { DayField } from "#components/forms/day-field.tsx";
import { Choice } from "#components/ui/choice.tsx";
import page from "#components/ui/page.module.css";
import { isFiltered, type PageSearch } from "#components/ui/page-search.ts";
import { auditActs } from "#domain/audit/acts.ts";
import { type AuditFilter, auditHref, auditKinds, readAuditPlace } from "./audit-filter.ts";
import { actWords, kindWords } from "./audit-words.ts";

const acts = [
  { value: "", label: "any act" },
  ...auditActs.map((act) => ({ value: act as string, label: actWords(act) })),
];
const kinds = [
  { value: "", label: "any kind" },
  ...auditKinds.map((kind) => ({ value: kind, label: kindWords(kind) })),
];

/** Narrows the log. What is asked for is in the URL, and a change of it resets the form. */
export function AuditSearch({ filter }: { filter: AuditFilter }) {
  const router = useRouter();
  const [from, setFrom] = useState(filter.from);
  const [to, setTo] = useState(filter.to);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = Object.fromEntries(new FormData(event.currentTarget)) as PageSearch;
    router.push(auditHref(readAuditPlace(asked).filter));
  };
  return (
    <search>
      <form action={withBase("/audit")} className={alerts.search} onSubmit={submit}>
        <TextInput name="actor" label="Who" placeholder="Ada Lind" maxLength={1_000} defaultValue={filter.actor} />
        <Choice name="act" label="Act" data={acts} defaultValue={filter.act} searchable />
        <Choice name="kind" label="Kind" data={kinds} defaultValue={filter.kind} searchable />
        <TextInput name="name" label="Object" placeholder="ops-slack" maxLength={1_000} defaultValue={filter.name} />
        <TextInput
          name="address"
          label="Address"
          placeholder="203.0.113.7"
          maxLength={1_000}
          defaultValue={filter.address}
        />
        <DayField name="from" label="From (UTC)" required={false} value={from} onChange={setFrom} />
        <DayField name="to" label="To (UTC)" required={false} value={to} onChange={setTo} />
        <div className={page.row}>
          <Button type="submit">Search</Button>
          {isFiltered(filter) && <Link href="/audit">Clear</Link>}
        </div>
      </form>
    </search>
  );
}
