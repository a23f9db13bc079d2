"use client";

import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { queries } from "#components/api/queries.ts";
import page from "#components/ui/page.module.css";
import { ZoneField } from "#components/ui/zone-field.tsx";
import { escapeName } from "#domain/name-list.ts";
import type { AskedDayText } from "./day-words.ts";

/** Which types, which day, in which zone. Works without scripts: the form submits to the URL. */
export function DayForm({ asked }: { asked: AskedDayText }) {
  const router = useRouter();
  const list = useId();
  const [eventTypes, setEventTypes] = useState(asked.eventTypes);
  const [day, setDay] = useState(asked.day);
  const [zone, setZone] = useState(asked.zone);
  const catalogue = useQuery(queries.eventTypes());
  const begun = eventTypes.slice(0, eventTypes.lastIndexOf(",") + 1);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    router.push(`/ready?${new URLSearchParams({ eventTypes, day, zone })}`);
  };
  return (
    <form className={page.row} action="/ready" onSubmit={submit}>
      <TextInput
        label="Event types"
        name="eventTypes"
        value={eventTypes}
        required
        list={list}
        autoComplete="off"
        spellCheck={false}
        placeholder="EndSong,AdClick"
        onChange={({ target }) => setEventTypes(target.value)}
      />
      <datalist id={list}>
        {(catalogue.data?.items ?? [])
          .filter(({ status }) => status !== "discovered")
          .map(({ name }) => (
            <option key={name} value={`${begun}${escapeName(name)}`} />
          ))}
      </datalist>
      <TextInput
        label="Day"
        name="day"
        type="date"
        value={day}
        required
        onChange={({ target }) => setDay(target.value)}
      />
      <ZoneField label="Time zone" name="zone" value={zone} onChange={setZone} />
      <Button type="submit" variant="filled">
        Show the day
      </Button>
    </form>
  );
}
