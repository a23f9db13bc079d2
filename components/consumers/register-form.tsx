"use client";

import { Button, NumberInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import "#components/forms/mantine.css";
import Link from "next/link";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { OwnerField } from "#components/access/owner-field.tsx";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay, useMayChange } from "#components/access/use-may.ts";
import { onlyIf } from "#components/api/only-if.ts";
import { consumerLists, webhooks } from "#components/api/webhooks.ts";
import { EventTypeField } from "#components/forms/name-fields.tsx";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { reread, useAct } from "#components/ui/use-act.ts";
import type { ConsumerJson } from "#domain/api/consumers.ts";
import { percentOfShare, shareOfPercent } from "./say-needs.ts";
import { newWebhookHref } from "./webhook-words.ts";

export interface ChosenConsumer {
  eventType: string;
  name: string;
}

interface RegisterFormProps {
  consumers: readonly ConsumerJson[];
  /** The one to edit; null: a new one. */
  chosen: ChosenConsumer | null;
  /** It is no longer registered. */
  onForgotten: () => void;
}

/** Registers a job that reads a type, or edits or ends a registration: the form then starts with its values. */
export function RegisterForm({ consumers, chosen, onForgotten }: RegisterFormProps) {
  const may = useMay("write");
  const client = useQueryClient();
  const [eventType, setEventType] = useState(chosen?.eventType ?? "");
  const [name, setName] = useState(chosen?.name ?? "");
  // null: the field is unchanged, so the registered value is kept.
  const [writtenContact, setContact] = useState<string | null>(null);
  const [writtenDescription, setDescription] = useState<string | null>(null);
  const [writtenOwner, setOwner] = useState<string | null>(null);
  const [writtenPercent, setPercent] = useState<string | null>(null);
  const existing = consumers.find((consumer) => consumer.eventType === eventType && consumer.name === name);
  const contact = writtenContact ?? existing?.contact ?? "";
  const description = writtenDescription ?? existing?.description ?? "";
  const owner = writtenOwner ?? existing?.owner ?? "";
  const mayChange = useMayChange(existing?.owner ?? null);
  const percent = writtenPercent ?? percentText(existing?.minCompleteness ?? null);
  const register = useMutation({
    mutationFn: () =>
      webhooks.register(
        eventType,
        name,
        {
          contact,
          description: description.trim() === "" ? null : description,
          owner: owner.trim() === "" ? null : owner,
          minCompleteness: percent === "" ? null : shareOfPercent(Number(percent)),
        },
        onlyIf(existing?.etag ?? null),
      ),
    // After a refusal too: what someone else saved meanwhile is then shown, and can be saved over.
    onSettled: () => reread(client, consumerLists),
  });
  const remove = (etag: string) => webhooks.forget(eventType, name, onlyIf(etag)).then(onForgotten);
  const forget = useAct(remove, { says: `${name} deleted.`, rereads: consumerLists });
  const contactField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (chosen) contactField.current?.focus();
  }, [chosen]);
  if (may === false) return <SignInToAct scope="write" to="register consumers and create webhooks" />;
  const isDone = register.isSuccess && register.data.eventType === eventType && register.data.name === name;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    register.mutate();
  };
  return (
    <form className={page.form} onSubmit={submit}>
      <EventTypeField value={eventType} required onChange={setEventType} />
      <TextInput
        label="Name"
        value={name}
        required
        maxLength={100}
        placeholder="royalties-daily"
        onChange={({ target }) => setName(target.value)}
      />
      <TextInput
        label="Contact"
        ref={contactField}
        value={contact}
        required
        maxLength={200}
        placeholder="a person, channel or address"
        onChange={({ target }) => setContact(target.value)}
      />
      <TextInput
        label="Description (optional)"
        value={description}
        maxLength={1000}
        onChange={({ target }) => setDescription(target.value)}
      />
      <NumberInput
        label="Minimum completeness in % (optional, default: a complete verdict)"
        min={0}
        max={100}
        value={percent}
        onChange={(next) => setPercent(String(next))}
      />
      <OwnerField value={owner} onChange={setOwner} />
      {existing && !isDone && !register.isPending && mayChange && (
        <p className={page.hint}>Already registered, with {existing.contact}. Saving replaces it.</p>
      )}
      {existing && mayChange === false && <SignInToAct scope="write" to="change it" owner={existing.owner} />}
      {mayChange !== false && (
        <div className={page.row}>
          <Button type="submit" variant="filled" disabled={may !== true || register.isPending}>
            {existing ? "Save" : "Register"}
          </Button>
          {existing && (
            <ConfirmButton
              name="Delete"
              confirm={`Delete ${existing.name} and its record of reads`}
              act={forget}
              input={existing.etag}
              disabled={may !== true}
            />
          )}
        </div>
      )}
      <p role="status">
        {isDone && (
          <>
            {name} is registered. <Link href={newWebhookHref({ eventType, consumer: name })}>Create a webhook</Link>
          </>
        )}
      </p>
      <Refusal error={register.error ?? forget.error} />
    </form>
  );
}

function percentText(share: number | null): string {
  return share === null ? "" : String(percentOfShare(share));
}
