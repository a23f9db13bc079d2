"use client";

import { Checkbox } from "@mantine/core";
import { TimePicker } from "@mantine/dates";
import "#components/forms/dates.css";
import styles from "#components/forms/forms.module.css";
import page from "#components/ui/page.module.css";
import { ZoneField } from "#components/ui/zone-field.tsx";
import { type Weekly, weekdayNames } from "#domain/silence/weekly.ts";

/** Monday first, as calendars have it where most of these windows are planned. */
const shownDays = [...weekdayNames.slice(1), "sunday"];

interface WeeklyFieldsProps {
  value: Weekly;
  onChange: (weekly: Weekly) => void;
  error?: string | undefined;
}

/** On which days of the week, from when to when, and by which clock. */
export function WeeklyFields({ value, onChange, error }: WeeklyFieldsProps) {
  // The input knows no 24:00. While a time is half typed, it is empty.
  const endTime = value.endTime === "24:00" ? "00:00" : value.endTime;
  const isNextDay = endTime !== "" && endTime <= value.startTime;
  return (
    <>
      <Checkbox.Group
        label="On"
        value={[...value.weekdays]}
        error={value.weekdays.length === 0 ? "Choose a day." : error}
        onChange={(weekdays) => onChange({ ...value, weekdays })}
      >
        <div className={page.row}>
          {shownDays.map((day) => (
            <Checkbox
              key={day}
              value={day}
              label={`${day.charAt(0).toUpperCase()}${day.slice(1, 3)}`}
              aria-label={day}
            />
          ))}
        </div>
      </Checkbox.Group>
      <div className={styles.fields}>
        <TimePicker
          label="From"
          minutesInputLabel="From, minutes"
          value={value.startTime}
          error={value.startTime === "" && "Enter a time."}
          onChange={(startTime) => onChange({ ...value, startTime })}
        />
        <TimePicker
          label="To"
          minutesInputLabel="To, minutes"
          description={isNextDay ? "on the next day" : undefined}
          value={endTime}
          error={endTime === "" && "Enter a time."}
          onChange={(next) => onChange({ ...value, endTime: next })}
        />
        <ZoneField label="Time zone" value={value.location} onChange={(location) => onChange({ ...value, location })} />
      </div>
    </>
  );
}
