"use client";

import { DateInput } from "@mantine/dates";
import "./dates.css";
import { useZoneChoice } from "#components/ui/time-zone.ts";
import { readWallClock, writeWallClock } from "./wall-clock.ts";

interface InstantFieldProps {
  label: string;
  /** null: nothing chosen yet. */
  value: string | null;
  onChange: (instantAt: string) => void;
  error?: string | undefined;
}

/** An instant to the minute, typed or picked, in the zone that the page shows times in. */
export function InstantField({ label, value, onChange, error }: InstantFieldProps) {
  const zone = useZoneChoice();
  const shown = value === null ? null : writeWallClock(value, zone);
  const change = (text: string) => {
    // A day that was picked has no time: it keeps the present one.
    const instantAt = readWallClock(text.includes(":") ? text : `${text} ${shown?.slice(11) ?? "00:00"}`, zone);
    if (instantAt !== null) onChange(instantAt);
  };
  return (
    <DateInput
      label={`${label} (${zone === "utc" ? "UTC" : "local time"})`}
      error={error}
      withTime
      value={shown}
      // The field's own text, not what dayjs makes of it in the browser's zone: an hour that the zone skips is one in UTC.
      valueFormat={() => shown ?? ""}
      dateParser={(text) => {
        const instantAt = readWallClock(text, zone);
        return instantAt === null ? null : `${writeWallClock(instantAt, zone)}:00`;
      }}
      placeholder="2026-11-22 13:04"
      onChange={(text) => {
        if (text !== null) change(text);
      }}
    />
  );
}
