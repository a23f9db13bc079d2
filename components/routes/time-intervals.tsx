"use client";

import { useEdited } from "#components/forms/draft-context.ts";
import { TextField } from "#components/forms/fields.tsx";
import { ItemList } from "#components/forms/item-list.tsx";
import { objectsOf } from "#components/forms/spec-path.ts";
import { recurrenceText } from "#components/silences/recurrence-text.ts";
import { WeeklyFields } from "#components/silences/weekly-fields.tsx";
import page from "#components/ui/page.module.css";
import { readWeekly, type WrittenInterval, writeWeekly } from "#domain/silence/weekly.ts";

const officeHours = writeWeekly({
  weekdays: ["monday", "tuesday", "wednesday", "thursday", "friday"],
  startTime: "08:00",
  endTime: "17:00",
  location: "UTC",
});

/** Named times in which routes are muted, or outside which they are. */
export function TimeIntervals() {
  const draft = useEdited();
  return (
    <ItemList
      path={["timeIntervals"]}
      title="Time intervals"
      hint="Routes name them to be muted within them, or to notify only within them."
      what="time interval"
      blank={{ name: "", timeIntervals: officeHours }}
      fields={(path) => {
        const times = [...path, "timeIntervals"];
        const written: WrittenInterval[] = objectsOf(draft.at(times));
        const weekly = readWeekly(written);
        return (
          <>
            <TextField path={[...path, "name"]} label="Name" placeholder="office-hours" />
            {weekly ? (
              <WeeklyFields
                value={weekly}
                error={draft.faultAt(times)}
                onChange={(next) => draft.set(times, writeWeekly(next))}
              />
            ) : (
              <p className={page.hint}>{recurrenceText(written)}. Edit as file to change it.</p>
            )}
          </>
        );
      }}
    />
  );
}
