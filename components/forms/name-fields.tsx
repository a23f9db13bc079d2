"use client";

import { Autocomplete, type AutocompleteProps } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queries } from "#components/api/queries.ts";
import "#components/ui/choice.css";

type NameFieldProps = Omit<AutocompleteProps, "data" | "limit" | "onFocus">;

// Thousands of names: loaded when one is about to be chosen.
const atRest = { refetchInterval: false } as const;

/** An event type, chosen from those that exist or typed. */
export function EventTypeField(props: NameFieldProps) {
  const [wanted, setWanted] = useState(false);
  const { data } = useQuery({ ...queries.eventTypes(), ...atRest, enabled: wanted });
  return <NameField label="Event type" {...props} known={data?.items ?? []} onFocus={() => setWanted(true)} />;
}

/** A datacenter, chosen from those that exist or typed. */
export function DatacenterField(props: NameFieldProps) {
  const [wanted, setWanted] = useState(false);
  const { data } = useQuery({ ...queries.datacenters(), ...atRest, enabled: wanted });
  return <NameField label="Datacenter" {...props} known={data?.items ?? []} onFocus={() => setWanted(true)} />;
}

interface KnownNames {
  known: readonly { name: string }[];
  onFocus(): void;
}

function NameField({ known, ...rest }: NameFieldProps & KnownNames) {
  return <Autocomplete maxLength={255} spellCheck={false} {...rest} data={known.map(({ name }) => name)} limit={20} />;
}
