"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { Choice } from "#components/ui/choice.tsx";
import { durationUnits, finishAmount, readAmount, type Unit, writeAmount } from "./amount.ts";
import { useEdited } from "./draft-context.ts";
import styles from "./forms.module.css";
import type { Path } from "./spec-path.ts";

interface AmountFieldProps {
  path: Path;
  label: string;
  units?: readonly Unit[];
  description?: string;
  /** What applies if it is left empty. */
  placeholder?: string;
}

/** A figure and its unit; empty: left out. */
export function AmountField({ path, label, units = durationUnits, description, placeholder }: AmountFieldProps) {
  const draft = useEdited();
  const written = draft.at(path);
  const shown = readAmount(written, units);
  // While there is no figure, the unit is kept here alone.
  const [chosen, setChosen] = useState<string | null>(null);
  const unit = written === undefined ? (chosen ?? shown.unit) : shown.unit;
  const set = (value: string, next: string) => {
    setChosen(next);
    draft.set(path, writeAmount({ value, unit: next }, units));
  };
  const [only, second] = units;
  return (
    <TextInput
      label={label}
      description={description}
      error={draft.faultAt(path)}
      value={shown.value}
      placeholder={placeholder}
      inputMode="decimal"
      className={styles.amount}
      rightSectionWidth={second ? (units.some(({ label: text }) => text.length > 6) ? 148 : 92) : "fit-content"}
      rightSection={
        second ? (
          <Choice
            aria-label={`Unit of: ${label}`}
            variant="unstyled"
            className={styles.unitChoice}
            data={units.map(({ unit: value, label: text }) => ({ value, label: text }))}
            value={unit}
            onChange={(next) => set(shown.value, next)}
          />
        ) : (
          <span className={styles.unit}>{only?.label}</span>
        )
      }
      onChange={({ target }) => set(target.value, unit)}
      onBlur={() => {
        const finished = finishAmount({ value: shown.value, unit }, units);
        if (typeof written === "string" && finished !== written) draft.set(path, finished);
      }}
    />
  );
}
