"use client";

import { TextInput } from "@mantine/core";
import { useZoneChoice } from "#components/ui/time-zone.ts";

interface InstantFieldProps {
  label: string;
  /** null: nothing chosen yet. */
  value: string | null;
  onChange: (instantAt: string | null) => void;
  error?: string | undefined;
}

/** An instant to the minute, in the zone that the page shows times in. */
export function InstantField({ label, value, onChange, error }: InstantFieldProps) {
  const isUtc = useZoneChoice() === "utc";
  const change = (text: string) => {
    const at = text === "" ? null : new Date(isUtc ? `${text}Z` : text);
    onChange(at === null || Number.isNaN(at.getTime()) ? null : at.toISOString());
  };
  return (
    <TextInput
      type="datetime-local"
      label={`${label} (${isUtc ? "UTC" : "local time"})`}
      error={error}
      value={value === null ? "" : toField(new Date(value), isUtc)}
      onChange={({ target }) => change(target.value)}
    />
  );
}

function toField(at: Date, isUtc: boolean): string {
  const shown = isUtc ? at : new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shown.toISOString().slice(0, 16);
}
