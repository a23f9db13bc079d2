"use client";

import { Button, Checkbox, NumberInput, TextInput } from "@mantine/core";
import "#components/forms/mantine.css";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import type { NewWebhookJson } from "#components/api/webhooks.ts";
import { NamesInput } from "#components/forms/names-input.tsx";
import { Choice } from "#components/ui/choice.tsx";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { ZoneField } from "#components/ui/zone-field.tsx";
import type { ConsumerJson, SubscriptionJson } from "#domain/api/consumers.ts";

type Event = SubscriptionJson["events"][number];

const events: readonly { event: Event; meaning: string }[] = [
  { event: "complete", meaning: "an hour is ready for the first time" },
  { event: "amended", meaning: "figures already sent are materially wrong; sent once the changes settle" },
  { event: "incomplete", meaning: "an hour is final and not ready" },
  { event: "run", meaning: "a run of consecutive hours is ready" },
  { event: "day", meaning: "every hour of a calendar day is ready" },
  { event: "day-amended", meaning: "figures of a complete day are materially wrong" },
];

interface WebhookFormProps {
  /** At least one. */
  consumers: readonly ConsumerJson[];
  first: { eventType: string; consumer: string };
  onSubmit: (webhook: NewWebhookJson) => void;
  isPending: boolean;
  refusal: Error | null;
}

export function WebhookForm({ consumers, first, onSubmit, isPending, refusal }: WebhookFormProps) {
  const types = [...new Set(consumers.map(({ eventType }) => eventType))];
  const [chosenType, setType] = useState(first.eventType);
  const eventType = types.includes(chosenType) ? chosenType : otherThan(chosenType, types);
  const names = consumers.filter((consumer) => consumer.eventType === eventType).map(({ name }) => name);
  const [chosenName, setName] = useState(first.consumer);
  const isAskedFor = eventType === "" || eventType === first.eventType;
  const consumer = names.includes(chosenName) ? chosenName : otherThan(isAskedFor ? chosenName : "", names);
  const isUnknown = eventType === "" || consumer === "";
  const [url, setUrl] = useState("");
  const [wanted, setWanted] = useState<ReadonlySet<Event>>(new Set(["complete", "amended"]));
  const [runHours, setRunHours] = useState<number | string>(24);
  const [dayZone, setDayZone] = useState("UTC");
  const [dayTypes, setDayTypes] = useState<readonly string[]>([]);
  const [allowPrivate, setAllowPrivate] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit({
      eventType,
      consumer,
      url,
      events: events.map((each) => each.event).filter((each) => wanted.has(each)),
      runHours: wanted.has("run") ? Number(runHours) : null,
      dayZone: wanted.has("day") ? dayZone : null,
      dayEventTypes: wanted.has("day") ? [...dayTypes] : [],
      allowPrivate,
    });
  };
  return (
    <form className={page.form} onSubmit={submit}>
      <Choice label="Event type" value={eventType} data={choicesOf(eventType, types)} onChange={setType} />
      <Choice
        label="Consumer"
        description="The consumer to notify. Its minimum completeness decides when an hour is ready."
        value={consumer}
        data={choicesOf(consumer, names)}
        onChange={setName}
      />
      {isUnknown && (
        <p className={page.hint} role="status">
          {[first.consumer, first.eventType].filter((part) => part !== "").join(" of ")} is not registered. Choose
          another consumer, or <Link href="/consumers#register">register it</Link> first.
        </p>
      )}
      <TextInput
        label="URL"
        type="url"
        value={url}
        required
        maxLength={2000}
        placeholder="https://plays.example.com/tidemark"
        onChange={({ target }) => setUrl(target.value)}
      />
      <Checkbox.Group
        label="Events"
        value={[...wanted]}
        {...(wanted.size === 0 && { error: "Choose at least one event." })}
      >
        {events.map(({ event, meaning }) => (
          <Checkbox
            key={event}
            value={event}
            mt={8}
            label={
              <>
                <strong>{event}</strong>: {meaning}
              </>
            }
            onChange={({ target }) => setWanted(toggled(wanted, event, target.checked))}
          />
        ))}
      </Checkbox.Group>
      {wanted.has("run") && (
        <NumberInput
          label="Hours in a row"
          description="Runs start on Mondays at 00:00 UTC: 24 hours are UTC days, 168 are weeks."
          value={runHours}
          min={2}
          max={744}
          allowDecimal={false}
          required
          onChange={setRunHours}
        />
      )}
      {wanted.has("day") && (
        <>
          <ZoneField label="Time zone" value={dayZone} onChange={setDayZone} />
          <NamesInput
            label="Other event types the day needs"
            description={`Empty: ${eventType} alone. The consumer must be registered for each.`}
            value={dayTypes}
            known={consumers
              .filter((each) => each.name === consumer && each.eventType !== eventType)
              .map((each) => each.eventType)}
            onChange={setDayTypes}
          />
        </>
      )}
      <Checkbox
        label="Allow a URL in Tidemark’s own network"
        checked={allowPrivate}
        onChange={({ target }) => setAllowPrivate(target.checked)}
      />
      <div className={page.row}>
        <Button type="submit" variant="filled" disabled={isPending || wanted.size === 0 || isUnknown}>
          Create webhook
        </Button>
      </div>
      <Refusal error={refusal} />
    </form>
  );
}

/** A type or consumer that a link names and Tidemark does not know leaves the choice open. */
function choicesOf(chosen: string, known: readonly string[]) {
  return [...(chosen === "" ? [{ value: "", label: "choose" }] : []), ...known];
}

function toggled(set: ReadonlySet<Event>, event: Event, isIn: boolean): ReadonlySet<Event> {
  const next = new Set(set);
  if (isIn) next.add(event);
  else next.delete(event);
  // A day's corrections need the day event.
  if (event === "day-amended" && isIn) next.add("day");
  if (event === "day" && !isIn) next.delete("day-amended");
  return next;
}

/** If a link names an unknown consumer, no other is selected instead. */
function otherThan(named: string, known: readonly string[]): string {
  return named === "" ? (known[0] ?? "") : "";
}
