"use client";

import { Button, TextInput } from "@mantine/core";
import "#components/forms/mantine.css";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { OwnerField } from "#components/access/owner-field.tsx";
import { consumerLists, webhooks } from "#components/api/webhooks.ts";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { useAct } from "#components/ui/use-act.ts";
import { type DiscoveredJob, typesText } from "./discovered-words.ts";

interface AdoptFormProps {
  job: DiscoveredJob;
  onClose: () => void;
}

/** Registers a discovered job as a consumer of each event type that it reads: only its contact is missing. */
export function AdoptForm({ job, onClose }: AdoptFormProps) {
  const { consumer, jobName, jobNamespace, eventTypes } = job;
  const [contact, setContact] = useState("");
  const [owner, setOwner] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const send = async () => {
    const body = {
      contact,
      description: `${jobName} in ${jobNamespace}`.slice(0, 1_000),
      owner: owner.trim() === "" ? null : owner,
      minCompleteness: null,
    };
    for (const eventType of eventTypes) await webhooks.register(eventType, consumer, body);
  };
  const register = useAct(send, {
    done: onClose,
    says: `${consumer} is registered for ${typesText(eventTypes)}.`,
    rereads: consumerLists,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    register.mutate();
  };
  return (
    <form className={page.form} onSubmit={submit} aria-label={`Adopt ${consumer}`}>
      <p className={page.hint}>
        It is registered as a consumer of {eventTypes.join(", ")}, which needs complete hours. What it needs can be
        changed afterwards.
      </p>
      <TextInput
        label="Contact"
        ref={field}
        value={contact}
        required
        maxLength={200}
        placeholder="a person, channel or address"
        onChange={({ target }) => setContact(target.value)}
      />
      <OwnerField value={owner} onChange={setOwner} />
      <div className={page.row}>
        <Button type="submit" variant="filled" disabled={register.isPending}>
          Register
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
      <Refusal error={register.error} />
    </form>
  );
}
