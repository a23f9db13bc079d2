"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { queries } from "#components/api/queries.ts";
import form from "#components/ui/form.module.css";
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
    <form className={form.fields} action="/ready" onSubmit={submit}>
      <label>
        Event types
        <input
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
      </label>
      <label>
        Day
        <input name="day" type="date" value={day} required onChange={({ target }) => setDay(target.value)} />
      </label>
      <ZoneField label="Time zone" name="zone" value={zone} onChange={setZone} />
      <div className={form.buttons}>
        <button type="submit" className={form.main}>
          Show the day
        </button>
      </div>
    </form>
  );
}
