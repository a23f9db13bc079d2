"use client";

import { DateInput } from "@mantine/dates";
import "./dates.css";
import { formatHour, parseHour } from "#domain/hour.ts";

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

/** The name of the hour that a field's text means, `2026-11-22T13` or `2026-11-22 13:00`; null: it is not, or not yet, an hour. */
export function readHourText(text: string): string | null {
  const [, day, hour] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2})(?::00(?::00)?)? ?Z?$/i.exec(text.trim()) ?? [];
  const found = parseHour(`${day}T${hour}`);
  return found && formatHour(found);
}

/** The hour after a day was picked: it keeps its time of day, at first midnight. */
export function onDay(day: string, hour: string | null): string {
  return `${day}T${hour?.slice(11) ?? "00"}`;
}
