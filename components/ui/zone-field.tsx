"use client";

import { TextInput } from "@mantine/core";
import { useId, useState } from "react";

interface ZoneFieldProps {
  label: string;
  name?: string;
  value: string;
  onChange: (zone: string) => void;
}

/** A time zone by its tz database name, with suggestions from the browser's list while typing. */
export function ZoneField({ label, name, value, onChange }: ZoneFieldProps) {
  const list = useId();
  // Four hundred names: built on demand.
  const [zones, setZones] = useState<readonly string[]>([]);
  return (
    <div>
      <TextInput
        label={label}
        {...(name && { name })}
        value={value}
        required
        list={list}
        autoComplete="off"
        spellCheck={false}
        placeholder="Europe/Stockholm"
        onFocus={() => setZones(["UTC", ...Intl.supportedValuesOf("timeZone")])}
        onChange={({ target }) => onChange(target.value)}
      />
      <datalist id={list}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </div>
  );
}
