"use client";

import { DateInput } from "@mantine/dates";
import "./dates.css";
import { readDay } from "./wall-clock.ts";

interface DayFieldProps {
  label: string;
  name?: string;
  /** `2026-11-22`; "": none. */
  value: string;
  onChange: (day: string) => void;
  /** false: it may stay empty. */
  required?: boolean;
}

/** A calendar day, typed or picked. */
export function DayField({ label, name, value, onChange, required = true }: DayFieldProps) {
  return (
    <DateInput
      label={label}
      {...(name && { name })}
      value={value === "" ? null : value}
      valueFormat={() => value}
      dateParser={readDay}
      // Without it, a field that was emptied gets its day back.
      allowDeselect={!required}
      required={required}
      placeholder="2026-11-22"
      onChange={(day) => onChange(day ?? "")}
    />
  );
}
