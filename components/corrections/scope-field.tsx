"use client";

import { TextInput } from "@mantine/core";
import { HourField } from "#components/forms/hour-field.tsx";
import { InstantField } from "#components/forms/instant-field.tsx";
import { DatacenterField, EventTypeField } from "#components/forms/name-fields.tsx";
import { Choice } from "#components/ui/choice.tsx";
import type { CorrectionField } from "#domain/correction.ts";
import { parseInstant } from "#domain/instant.ts";
import { stages } from "#domain/protocol/messages.ts";

interface ScopeFieldProps {
  of: CorrectionField;
  /** What leaving it empty means; undefined: it is required. */
  omitted: string | undefined;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** One field of a correction's scope, by what it names. */
export function ScopeField({ of, omitted, value, error, onChange }: ScopeFieldProps) {
  const shared = { value, error, onChange, required: omitted === undefined };
  const named = { ...shared, ...(omitted !== undefined && { placeholder: omitted }) };
  switch (of) {
    case "eventType":
      return <EventTypeField {...named} />;
    case "datacenter":
      return <DatacenterField {...named} />;
    case "stage":
      return (
        <Choice
          label="Stage"
          data={[{ value: "", label: omitted ?? "" }, ...stages]}
          value={value}
          error={error}
          onChange={onChange}
        />
      );
    case "reporter":
      // There may be any number of them, and no list.
      return (
        <TextInput
          {...named}
          label="Reporter"
          maxLength={255}
          spellCheck={false}
          onChange={({ target }) => onChange(target.value)}
        />
      );
    case "from":
      return <HourField {...shared} label="From hour (UTC, included)" placeholder={omitted} />;
    case "to":
      return <HourField {...shared} label="To hour (UTC, excluded)" placeholder={omitted} />;
    case "after":
      return (
        <InstantField
          label="After"
          value={parseInstant(value)?.toISOString() ?? null}
          error={error}
          onChange={onChange}
        />
      );
  }
}
