"use client";

import { DateInput } from "@mantine/dates";
import "./dates.css";
import { onDay, readHourText } from "./hour-text.ts";

interface HourFieldProps {
  label: string;
  /** `2026-11-22T13`, or what was typed and is not an hour: the API refuses it, and its answer is shown here. "": none. */
  value: string;
  onChange: (hour: string) => void;
  required?: boolean;
  /** What applies if it is left empty. */
  placeholder?: string | undefined;
  error?: string | undefined;
}

/** An hour by its UTC name, typed, or its day picked. */
export function HourField({ value, onChange, required = true, placeholder, ...rest }: HourFieldProps) {
  const hour = readHourText(value);
  return (
    <DateInput
      {...rest}
      value={hour === null ? null : hour.slice(0, 10)}
      valueFormat={() => value}
      // What is typed is read below, for the field itself knows days only.
      dateParser={() => null}
      onInput={({ currentTarget: { value: text } }) => onChange(readHourText(text) ?? text)}
      onChange={(day) => onChange(day === null ? "" : onDay(day, hour))}
      // What is not an hour stays, beside what is wrong with it.
      fixOnBlur={hour !== null}
      allowDeselect={!required}
      required={required}
      spellCheck={false}
      placeholder={placeholder ?? "2026-11-22T13"}
    />
  );
}
