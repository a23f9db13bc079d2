"use client";

import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay } from "#components/access/use-may.ts";
import { answerOf, api } from "#components/api/client.ts";
import { onCallKeys } from "#components/api/queries.ts";
import { faultTextAt } from "#components/forms/fault-at.ts";
import forms from "#components/forms/forms.module.css";
import { InstantField } from "#components/forms/instant-field.tsx";
import { Choice } from "#components/ui/choice.tsx";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { Time } from "#components/ui/time.tsx";
import { useAct } from "#components/ui/use-act.ts";
import type { OnCallScheduleJson } from "#domain/api/on-call.ts";

const usualMs = 8 * 3_600_000;

/** Puts a person on call for a while. */
export function OverrideForm({ schedule, asOf }: { schedule: OnCallScheduleJson; asOf: string }) {
  const may = useMay("respond");
  const people = schedule.spec.people.map(({ name }) => name);
  const [person, setPerson] = useState(people[0] ?? "");
  // null: from the moment it is created.
  const [startsAt, setStart] = useState<string | null>(null);
  const [endsAt, setEnd] = useState(() => new Date(Date.parse(asOf) + usualMs).toISOString());
  const [reason, setReason] = useState("");
  const path = { name: schedule.name };
  const send = () => {
    const body = { person, endsAt, ...(startsAt && { startsAt }), ...(reason.trim() && { reason: reason.trim() }) };
    return answerOf(api.POST("/on-call-schedules/{name}/overrides", { params: { path }, body }));
  };
  const create = useAct(send, {
    done: () => {
      setReason("");
      setStart(null);
    },
    says: (made) => (
      <>
        {made.person} is on call until <Time at={made.endsAt} relativeTo={asOf} />.
      </>
    ),
    undo: ({ id }) => api.DELETE("/on-call-schedules/{name}/overrides/{id}", { params: { path: { ...path, id } } }),
    rereads: onCallKeys(schedule.name),
  });
  if (may === null) return null;
  if (!may) return <SignInToAct scope="respond" to="put someone on call" />;
  const fault = (pointer: string) => faultTextAt([create.error], pointer);
  const chosen = people.includes(person) ? person : (people[0] ?? "");
  return (
    <form
      className={page.form}
      aria-label="New override"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <h3>Put someone on call for a while</h3>
      <div className={forms.fields}>
        <Choice label="Person" data={people} value={chosen} onChange={setPerson} error={fault("/person")} />
        <InstantField label="From, now if empty" value={startsAt} onChange={setStart} error={fault("/startsAt")} />
        <InstantField label="Until" value={endsAt} onChange={setEnd} error={fault("/endsAt")} />
      </div>
      <TextInput
        label="Reason (optional)"
        value={reason}
        error={fault("/reason")}
        onChange={({ target }) => setReason(target.value)}
      />
      <Button type="submit" variant="filled" loading={create.isPending}>
        Create override
      </Button>
      <Refusal error={create.error} atFields />
    </form>
  );
}
