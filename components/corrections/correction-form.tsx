"use client";

import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay } from "#components/access/use-may.ts";
import { afterCorrection, correctionQueries, corrections } from "#components/api/corrections.ts";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { type CorrectionAction, correctionKinds } from "#domain/correction.ts";
import { correctionBody, type DraftFields, fieldsOf, isFilled } from "./correction-draft.ts";
import { CorrectionPreview } from "./correction-preview.tsx";
import { correctionWords } from "./correction-words.ts";

const settleMs = 400;

/** One correction: its scope and reason; its effect is previewed before it can be made. */
export function CorrectionForm({ action, initial }: { action: CorrectionAction; initial: DraftFields }) {
  const may = useMay("write");
  const client = useQueryClient();
  const [fields, setFields] = useState(initial);
  const [settled] = useDebouncedValue(fields, settleMs);
  // The preview needs no reason yet.
  const asked = correctionBody(action, { ...settled, reason: settled.reason.trim() || "preview" });
  const isAsked = may === true && isFilled(action, settled);
  const preview = useQuery({
    ...correctionQueries.preview({ ...asked, reason: "preview" }),
    enabled: isAsked,
  });
  const create = useMutation({
    mutationFn: () => corrections.create(correctionBody(action, fields)),
    onSuccess: () => afterCorrection(client),
  });
  const isSeen = settled === fields && preview.data !== undefined && !preview.isError;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isSeen) create.mutate();
  };
  if (create.data) return <Made words={correctionWords(create.data)} id={create.data.id} back={backOf(fields)} />;
  const { title, what, button } = correctionKinds[action];
  return (
    <article className={page.page}>
      <h1>{title}</h1>
      <p>{what}</p>
      <form className={page.form} onSubmit={submit}>
        {fieldsOf(action).map(({ key, label, required, placeholder, options }) =>
          options ? (
            <NativeSelect
              key={key}
              label={label}
              value={fields[key]}
              onChange={({ target }) => setFields({ ...fields, [key]: target.value })}
              data={[...options]}
            />
          ) : (
            <TextInput
              key={key}
              label={label}
              value={fields[key]}
              required={required}
              maxLength={255}
              placeholder={placeholder}
              spellCheck={false}
              onChange={({ target }) => setFields({ ...fields, [key]: target.value })}
            />
          ),
        )}
        <Textarea
          label="Reason"
          rows={3}
          value={fields.reason}
          required
          maxLength={2000}
          placeholder="What is wrong, and what shows it"
          onChange={({ target }) => setFields({ ...fields, reason: target.value })}
        />
        {may === false && <SignInToAct scope="write" to="correct facts" />}
        {may && <CorrectionPreview preview={preview.data} error={preview.error} isAsked={isAsked} />}
        {may && (
          <div className={page.row}>
            <Button type="submit" variant="filled" disabled={!isSeen || create.isPending}>
              {button}
            </Button>
          </div>
        )}
        <Refusal error={create.error} />
      </form>
    </article>
  );
}

function Made({ words, id, back }: { words: string; id: string; back: { href: string; name: string } | null }) {
  return (
    <article className={page.page}>
      <h1>Correction {id}</h1>
      <p role="status">{words}.</p>
      <p>
        {back && (
          <>
            <Link href={back.href}>{back.name}</Link>,{" "}
          </>
        )}
        <Link href="/corrections">all corrections</Link>
      </p>
    </article>
  );
}

/** Back to where the user came from, by what is corrected. */
function backOf({ eventType, datacenter, from }: DraftFields): { href: string; name: string } | null {
  const type = `/event-types/${encodeURIComponent(eventType)}`;
  if (eventType && from) return { href: `${type}/hours/${from}`, name: `${eventType} ${from}` };
  if (eventType) return { href: type, name: eventType };
  return datacenter ? { href: `/datacenters/${encodeURIComponent(datacenter)}`, name: datacenter } : null;
}
