"use client";

import Link from "next/link";
import { type FormEvent, useState } from "react";
import type { NewWebhookJson } from "#components/api/webhooks.ts";
import form from "#components/ui/form.module.css";
import { ZoneField } from "#components/ui/zone-field.tsx";
import type { ConsumerJson, SubscriptionJson } from "#domain/api/consumers.ts";
import styles from "./consumers.module.css";

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
  refusal: string | null;
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
  const [runHours, setRunHours] = useState("24");
  const [dayZone, setDayZone] = useState("UTC");
  const [dayTypes, setDayTypes] = useState("");
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
      dayEventTypes: wanted.has("day") ? namesIn(dayTypes) : [],
      allowPrivate,
    });
  };
  return (
    <form className={form.form} onSubmit={submit}>
      <label>
        Event type
        <select value={eventType} required onChange={({ target }) => setType(target.value)}>
          {eventType === "" && <option value="">choose</option>}
          {types.map((type) => (
            <option key={type}>{type}</option>
          ))}
        </select>
      </label>
      <label>
        Consumer
        <select value={consumer} required onChange={({ target }) => setName(target.value)}>
          {consumer === "" && <option value="">choose</option>}
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      {isUnknown && (
        <p className={form.hint} role="status">
          {[first.consumer, first.eventType].filter((part) => part !== "").join(" of ")} is not registered. Choose
          another consumer, or <Link href="/consumers#register">register it</Link> first.
        </p>
      )}
      <p className={form.hint}>The consumer to notify. Its minimum completeness decides when an hour is ready.</p>
      <label>
        {" "}
        URL{" "}
        <input
          type="url"
          value={url}
          required
          maxLength={2000}
          placeholder="https://plays.example.com/tidemark"
          onChange={({ target }) => setUrl(target.value)}
        />
      </label>
      <fieldset className={styles.choices}>
        <legend>Events</legend>
        {events.map(({ event, meaning }) => (
          <label key={event} className={styles.choice}>
            <input
              type="checkbox"
              checked={wanted.has(event)}
              onChange={({ target }) => setWanted(toggled(wanted, event, target.checked))}
            />
            <span>
              <strong>{event}</strong>: {meaning}
            </span>
          </label>
        ))}
      </fieldset>
      {wanted.has("run") && (
        <label>
          Hours in a row
          <input
            type="number"
            value={runHours}
            min={2}
            max={744}
            required
            onChange={({ target }) => setRunHours(target.value)}
          />
          <span className={form.hint}>Runs start on Mondays at 00:00 UTC: 24 hours are UTC days, 168 are weeks.</span>
        </label>
      )}
      {wanted.has("day") && (
        <>
          <ZoneField label="Time zone" value={dayZone} onChange={setDayZone} />
          <label>
            Other event types the day needs
            <input
              value={dayTypes}
              placeholder="AdClick, PlayStart"
              onChange={({ target }) => setDayTypes(target.value)}
            />
            <span className={form.hint}>Empty: {eventType} alone. The consumer must be registered for each.</span>
          </label>
        </>
      )}
      <div className={styles.choices}>
        <label className={styles.choice}>
          <input type="checkbox" checked={allowPrivate} onChange={({ target }) => setAllowPrivate(target.checked)} />
          <span>Allow a URL in Tidemark’s own network</span>
        </label>
      </div>
      {wanted.size === 0 && <p className={form.hint}>Choose at least one event.</p>}
      <div className={form.buttons}>
        <button type="submit" className={form.main} disabled={isPending || wanted.size === 0}>
          Create webhook
        </button>
      </div>
      {refusal !== null && (
        <p className={form.refusal} role="alert">
          {refusal}
        </p>
      )}
    </form>
  );
}

function namesIn(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
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
