"use client";

import { Autocomplete } from "@mantine/core";
import { useState } from "react";
import "./choice.css";

interface ZoneFieldProps {
  label: string;
  name?: string;
  value: string;
  onChange: (zone: string) => void;
}

/** A time zone by its tz database name, with suggestions from the browser's list while typing. */
export function ZoneField({ label, name, value, onChange }: ZoneFieldProps) {
  // Four hundred names: built on demand.
  const [zones, setZones] = useState<string[]>([]);
  return (
    <Autocomplete
      label={label}
      {...(name && { name })}
      value={value}
      data={zones}
      limit={20}
      required
      spellCheck={false}
      placeholder="Europe/Stockholm"
      onFocus={() => setZones(["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")])}
      onChange={onChange}
    />
  );
}
