"use client";

import { AmountField } from "#components/forms/amount-field.tsx";
import { useEdited } from "#components/forms/draft-context.ts";
import { ChoiceField, NamesField, SwitchField } from "#components/forms/fields.tsx";
import styles from "#components/forms/forms.module.css";
import { MatchersField } from "#components/forms/matchers-field.tsx";
import { getAt, objectsOf, type Path } from "#components/forms/spec-path.ts";

const labels = ["cause", "severity", "eventType", "owner", "tier", "datacenter", "alertname", "..."];

interface RouteFieldsProps {
  path: Path;
  receivers: readonly string[];
}

/** One route's settings; what is left empty is inherited. */
export function RouteFields({ path, receivers }: RouteFieldsProps) {
  const draft = useEdited();
  const isRoot = path.length === 1;
  const intervals = objectsOf(draft.at(["timeIntervals"])).map(({ name }) => String(name));
  const matchers = getAt(draft.spec, [...path, "matchers"]);
  return (
    <>
      {!isRoot && (
        <MatchersField
          label="Matches alerts with"
          value={Array.isArray(matchers) ? matchers : []}
          onChange={(next) => draft.set([...path, "matchers"], next)}
          faultAt={(at) => (at === null ? undefined : draft.faultAt([...path, "matchers", at]))}
          empty="No condition: it takes every alert that reaches it."
        />
      )}
      <div className={styles.fields}>
        <ChoiceField
          path={[...path, "receiver"]}
          label="Receiver"
          options={[
            ...(isRoot ? [] : [{ value: "", label: "As its parent" }]),
            ...receivers.map((name) => ({ value: name, label: name })),
          ]}
        />
        <NamesField path={[...path, "groupBy"]} label="Group by" known={labels} placeholder="inherited" />
        <AmountField path={[...path, "groupWait"]} label="First notification after" placeholder="inherited" />
        <AmountField path={[...path, "groupInterval"]} label="Changes at most every" placeholder="inherited" />
        <AmountField path={[...path, "repeatInterval"]} label="Repeat every" placeholder="inherited" />
        {!isRoot && intervals.length > 0 && (
          <>
            <NamesField path={[...path, "muteTimeIntervals"]} label="Muted in" known={intervals} />
            <NamesField path={[...path, "activeTimeIntervals"]} label="Only in" known={intervals} />
          </>
        )}
      </div>
      {!isRoot && (
        <SwitchField path={[...path, "continue"]} initial={false} label="Continue to the next route after a match" />
      )}
    </>
  );
}
