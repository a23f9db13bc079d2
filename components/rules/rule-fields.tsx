"use client";

import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queries } from "#components/api/queries.ts";
import { webhookQueries } from "#components/api/webhooks.ts";
import { durationUnits, percent, plain, type Unit } from "#components/forms/amount.ts";
import { AmountField } from "#components/forms/amount-field.tsx";
import { useEdited } from "#components/forms/draft-context.ts";
import {
  ChoiceField,
  LabelsField,
  NameField,
  NamesField,
  OwnerOfDraft,
  SwitchField,
  TextField,
} from "#components/forms/fields.tsx";
import forms from "#components/forms/forms.module.css";
import { Choice } from "#components/ui/choice.tsx";
import page from "#components/ui/page.module.css";
import { comparisonOf, metrics } from "#domain/alert/metrics.ts";
import type { FormUnit, ThresholdKind } from "#domain/alert/threshold-kinds.ts";
import { BurnWindows } from "./burn-windows.tsx";
import { metricNamed } from "./rule-words.ts";
import styles from "./rules.module.css";
import { ThresholdSlider } from "./threshold-slider.tsx";

const severities = [
  { value: "page", label: "Page" },
  { value: "ticket", label: "Open a ticket" },
  { value: "info", label: "Inform" },
];

/** A rule as a sentence with fields: what to do when which figure of what is beyond which value, and for how long. */
export function RuleFields() {
  const draft = useEdited();
  const metric = String(draft.at(["metric"]));
  const known = metricNamed(metric);
  const threshold = draft.at(["threshold"]);
  const chooseMetric = (next: string) => {
    if (next === metric) return;
    const { threshold: _threshold, window: _window, windows: _windows, ...others } = draft.spec;
    draft.replace({
      ...others,
      metric: next,
      ...(metricNamed(next)?.threshold === null && { windows: startingWindows }),
    });
  };
  return (
    <div className={page.form}>
      <NameField />
      <fieldset className={styles.sentence}>
        <legend>Condition</legend>
        <ChoiceField path={["severity"]} label="Severity" options={severities} />
        <Choice
          label="when"
          aria-label="Metric"
          description={known?.about}
          searchable
          maxDropdownHeight={360}
          data={Object.entries(metrics).map(([value, { label }]) => ({ value, label }))}
          renderOption={({ option }) => (
            <span>
              {option.label}
              <span className={styles.about}>{metricNamed(option.value)?.about}</span>
            </span>
          )}
          value={metric}
          error={draft.faultAt(["metric"])}
          onChange={chooseMetric}
        />
        {known?.threshold && (
          <AmountField
            key={metric}
            path={["threshold"]}
            label={`is ${comparisonOf(known, known.threshold.read(threshold))}`}
            units={unitsOf(known.threshold)}
          />
        )}
        {known?.hasWindow && <AmountField path={["window"]} label="within" units={hours} placeholder="1 hour" />}
        <AmountField path={["for"]} label="for at least" placeholder="at once" />
      </fieldset>
      <ThresholdSlider metric={metric} threshold={threshold} onChange={(next) => draft.set(["threshold"], next)} />
      {known?.threshold === null && <BurnWindows />}
      <Scope />
      <LabelsField
        path={["labels"]}
        label="Labels of its alerts"
        description="For routes and silences to match, such as team=payments."
      />
      <TextField
        path={["summary"]}
        label="Summary"
        description="May contain {eventType}, {datacenter}, {value}, {threshold} and {sentence}."
        placeholder="the metric’s own sentence"
      />
      <TextField path={["description"]} label="Description" lines={2} />
      <TextField path={["runbook"]} label="Runbook" placeholder="https://wiki.example.com/runbook" />
      <div className={forms.fields}>
        <AmountField
          path={["keepFiringFor"]}
          label="Keep firing for"
          placeholder="no time"
          description="After the condition last held."
        />
        <AmountField
          path={["horizon"]}
          label="Look back"
          placeholder="7 days"
          description="Hours that ended earlier never alert."
        />
      </div>
      <OwnerOfDraft />
      <SwitchField path={["enabled"]} initial label="Evaluate this rule" />
    </div>
  );
}

function unitsOf({ units }: ThresholdKind): Unit[] {
  return units.flatMap((unit: FormUnit) => {
    if (unit === "duration") return durationUnits;
    return "percent" in unit ? percent(unit.percent) : plain(unit.plain);
  });
}

/** Sources count by hour. */
const hours = durationUnits.filter(({ unit }) => unit === "h");

const startingWindows = [{ long: "1h", short: "5m", factor: 14.4 }];

/** Which types, tiers, owners, datacenters, consumers and labels; empty: all. */
function Scope() {
  const draft = useEdited();
  // Thousands of names: loaded when one is about to be chosen.
  const [wanted, setWanted] = useState(false);
  const types = useQuery({ ...queries.eventTypes(), enabled: wanted, refetchInterval: false });
  const datacenters = useQuery({ ...queries.datacenters(), enabled: wanted, refetchInterval: false });
  const consumers = useQuery({ ...webhookQueries.consumers(), enabled: wanted, refetchInterval: false });
  const onFocus = () => setWanted(true);
  const items = types.data?.items ?? [];
  const known = (names: (string | null | undefined)[]) => [...new Set(names.flatMap((name) => name ?? []))].sort();
  const labels = (draft.at(["scope", "labels"]) ?? {}) as Record<string, unknown>;
  const fields = [
    { member: "tier", label: "of tiers", names: known(["high", "normal", "low", ...items.map(({ tier }) => tier)]) },
    { member: "eventType", label: "of event types", names: known(items.map(({ name }) => name)) },
    { member: "owner", label: "of owners", names: known(items.map(({ owner }) => owner)) },
    {
      member: "datacenter",
      label: "at datacenters",
      names: known(datacenters.data?.items.map(({ name }) => name) ?? []),
    },
    {
      member: "consumer",
      label: "that consumers read",
      names: known(consumers.data?.items.map(({ name }) => name) ?? []),
    },
  ];
  return (
    <>
      <div className={forms.fields}>
        {fields.map(({ member, label, names }) => (
          <NamesField
            key={member}
            path={["scope", member]}
            label={label}
            known={names}
            onFocus={onFocus}
            placeholder="all"
          />
        ))}
      </div>
      {Object.keys(labels).map((label) => (
        <NamesField key={label} path={["scope", "labels", label]} label={`with the label ${label}`} known={[]} />
      ))}
      <NewLabel onAdd={(label) => draft.set(["scope", "labels", label], [])} />
    </>
  );
}

function NewLabel({ onAdd }: { onAdd: (label: string) => void }) {
  const [label, setLabel] = useState("");
  const add = () => {
    if (label.trim() === "") return;
    onAdd(label.trim());
    setLabel("");
  };
  return (
    <TextInput
      label="with a label"
      description="The name of a label of the event types, then Enter."
      value={label}
      onChange={({ target }) => setLabel(target.value)}
      onBlur={add}
      onKeyDown={(event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        add();
      }}
    />
  );
}
