"use client";

import { AmountField } from "#components/forms/amount-field.tsx";
import { NamesField, SwitchField, TextField } from "#components/forms/fields.tsx";
import styles from "#components/forms/forms.module.css";
import { ItemList } from "#components/forms/item-list.tsx";

interface ReceiversProps {
  channels: readonly string[];
  /** On-call schedules. */
  schedules: readonly string[];
}

/** Names for sets of channels, and where a page goes on if no one acknowledges it. */
export function Receivers({ channels, schedules }: ReceiversProps) {
  return (
    <ItemList
      path={["receivers"]}
      title="Receivers"
      hint="A receiver is a set of channels and on-call schedules. Without one, its notifications are dropped."
      what="receiver"
      blank={{ name: "", channels: [] }}
      fields={(path, { name }) => (
        <>
          <div className={styles.fields}>
            <TextField path={[...path, "name"]} label="Name" />
            <NamesField path={[...path, "channels"]} label="Channels" known={channels} />
            <NamesField path={[...path, "onCall"]} label="Whoever is on call in" known={schedules} />
          </div>
          <SwitchField path={[...path, "sendResolved"]} initial label="Notify when alerts are over" />
          <ItemList
            path={[...path, "escalation"]}
            title={`Escalation of ${String(name || "it")}`}
            hint="Channels and people on call that are notified when no one acknowledges in time."
            what="escalation step"
            blank={{ after: "10m", channels: [] }}
            fields={(step) => (
              <div className={styles.fields}>
                <AmountField path={[...step, "after"]} label="After" />
                <NamesField path={[...step, "channels"]} label="Channels" known={channels} />
                <NamesField path={[...step, "onCall"]} label="Whoever is on call in" known={schedules} />
              </div>
            )}
          />
        </>
      )}
    />
  );
}
