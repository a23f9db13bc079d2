"use client";

import { Autocomplete, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { withBase } from "#components/api/base-path.ts";
import { queries } from "#components/api/queries.ts";
import { DayField } from "#components/forms/day-field.tsx";
import page from "#components/ui/page.module.css";
import { ZoneField } from "#components/ui/zone-field.tsx";
import { escapeName } from "#domain/name-list.ts";
import type { AskedDayText } from "./day-words.ts";

/** Which types, which day, in which zone. */
export function DayForm({ asked }: { asked: AskedDayText }) {
  const router = useRouter();
  const [eventTypes, setEventTypes] = useState(asked.eventTypes);
  const [day, setDay] = useState(asked.day);
  const [zone, setZone] = useState(asked.zone);
  const catalogue = useQuery(queries.eventTypes());
  const begun = eventTypes.slice(0, eventTypes.lastIndexOf(",") + 1);
  const claimed = (catalogue.data?.items ?? []).filter(({ status }) => status !== "discovered");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    router.push(`/ready?${new URLSearchParams({ eventTypes, day, zone })}`);
  };
  return (
    <form className={page.row} action={withBase("/ready")} onSubmit={submit}>
      <Autocomplete
        label="Event types"
        name="eventTypes"
        value={eventTypes}
        data={claimed.map(({ name }) => `${begun}${escapeName(name)}`)}
        limit={20}
        required
        spellCheck={false}
        placeholder="EndSong,AdClick"
        onChange={setEventTypes}
      />
      <DayField label="Day" name="day" value={day} onChange={setDay} />
      <ZoneField label="Time zone" name="zone" value={zone} onChange={setZone} />
      <Button type="submit" variant="filled">
        Show the day
      </Button>
    </form>
  );
}
