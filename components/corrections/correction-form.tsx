"use client";

import { Button, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMayCorrect } from "#components/access/use-may-correct.ts";
import { correctionQueries, corrections } from "#components/api/corrections.ts";
import { faultTextAt } from "#components/forms/fault-at.ts";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { everything, useAct } from "#components/ui/use-act.ts";
import { type CorrectionAction, correctionKinds } from "#domain/correction.ts";
import { correctionBody, type DraftFields, fieldsOf, isFilled } from "./correction-draft.ts";
import { CorrectionPreview } from "./correction-preview.tsx";
import { correctionWords } from "./correction-words.ts";
import { ScopeField } from "./scope-field.tsx";

const settleMs = 400;

/** One correction: its scope and reason; its effect is previewed before it can be made. */
export function CorrectionForm({ action, initial }: { action: CorrectionAction; initial: DraftFields }) {
  const router = useRouter();
  const [fields, setFields] = useState(initial);
  const [settled] = useDebouncedValue(fields, settleMs);
  const concerned = concernedType(action, fields);
  const { may, owner } = useMayCorrect(concerned);
  // The preview needs no reason yet.
  const asked = correctionBody(action, { ...settled, reason: settled.reason.trim() || "preview" });
  const isAsked = may === true && isFilled(action, settled);
  const preview = useQuery({
    ...correctionQueries.preview({ ...asked, reason: "preview" }),
    enabled: isAsked,
  });
  const create = useAct(() => corrections.create(correctionBody(action, fields)), {
    done: () => router.push(backOf(fields)),
    says: (made) => `${correctionWords(made)}.`,
    undo: ({ id }) => corrections.undo(id),
    rereads: everything,
  });
  const isSeen = settled === fields && preview.data !== undefined && !preview.isError;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isSeen) create.mutate();
  };
  const set = (key: keyof DraftFields, value: string) => {
    if (create.isError) create.reset();
    setFields((current) => ({ ...current, [key]: value }));
  };
  const fault = (key: keyof DraftFields) => faultTextAt([create.error, isAsked ? preview.error : null], `/${key}`);
  const { title, what, button } = correctionKinds[action];
  return (
    <article className={page.page}>
      <h1>{title}</h1>
      <p>{what}</p>
      <form className={page.form} onSubmit={submit} noValidate>
        {fieldsOf(action).map(({ key, omitted }) => (
          <ScopeField
            key={key}
            of={key}
            omitted={omitted}
            value={fields[key]}
            error={fault(key)}
            onChange={(value) => set(key, value)}
          />
        ))}
        <Textarea
          label="Reason"
          rows={3}
          value={fields.reason}
          required
          maxLength={2000}
          placeholder="What is wrong, and what shows it"
          error={fault("reason")}
          onChange={({ target }) => set("reason", target.value)}
        />
        {concerned === null && owner !== null ? (
          <p>Without an event type this concerns every team’s. Enter one of your team’s event types.</p>
        ) : (
          may === false && <SignInToAct scope="write" to="correct facts" owner={owner} />
        )}
        {may && <CorrectionPreview preview={preview.data} error={preview.error} isAsked={isAsked} />}
        {may && (
          <div className={page.row}>
            <Button type="submit" variant="filled" disabled={!isSeen || create.isPending || create.isSuccess}>
              {button}
            </Button>
          </div>
        )}
        <Refusal error={create.error} atFields />
      </form>
    </article>
  );
}

/** The type whose owner decides; null: every type's. */
function concernedType(action: CorrectionAction, { eventType }: DraftFields): string | null {
  const isRequired = fieldsOf(action).some(({ key, omitted }) => key === "eventType" && omitted === undefined);
  return isRequired || eventType.trim() !== "" ? eventType.trim() : null;
}

/** Back to where the user came from, by what is corrected. */
function backOf({ eventType, datacenter, from }: DraftFields): string {
  const type = `/event-types/${encodeURIComponent(eventType)}`;
  if (eventType) return from ? `${type}/hours/${from}` : type;
  return datacenter ? `/datacenters/${encodeURIComponent(datacenter)}` : "/corrections";
}
