"use client";

import { Autocomplete } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { queries } from "#components/api/queries.ts";

interface OwnerFieldProps {
  /** Empty: no team owns it. */
  value: string;
  error?: string | undefined;
  onChange: (owner: string) => void;
}

/** The team that owns something, chosen from the visitor's or typed. */
export function OwnerField({ value, error, onChange }: OwnerFieldProps) {
  const { data: visitor } = useQuery(queries.visitor());
  return (
    <Autocomplete
      label="Team (optional)"
      description="Its members and administrators can change it. Without one, every editor can."
      data={visitor?.person?.teams ?? visitor?.teams ?? []}
      maxLength={255}
      value={value}
      error={error}
      onChange={onChange}
    />
  );
}
