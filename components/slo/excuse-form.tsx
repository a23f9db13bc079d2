"use client";

import { Button, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay } from "#components/access/use-may.ts";
import { afterExcuse, excuseQueries, excuses } from "#components/api/excuses.ts";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { toast } from "#components/ui/toast.ts";
import { excuseTitle } from "#domain/slo.ts";
import { bodyOf, type ExcuseFields, isFilled } from "./excuse-fields.ts";
import { ExcusePreview } from "./excuse-preview.tsx";

const settleMs = 400;

/** Hours to excuse: the effect on the months is previewed before they are. */
export function ExcuseForm({ initial }: { initial: ExcuseFields }) {
  const may = useMay("respond");
  const client = useQueryClient();
  const router = useRouter();
  const [fields, setFields] = useState(initial);
  const [settled] = useDebouncedValue(fields, settleMs);
  const isAsked = may === true && isFilled(settled);
  // The preview needs no reason yet.
  const preview = useQuery({
    ...excuseQueries.preview(bodyOf({ ...settled, reason: "preview" })),
    enabled: isAsked,
  });
  const create = useMutation({
    mutationFn: () => excuses.create(bodyOf(fields)),
    onSuccess: (made) => {
      toast({ message: `${excuseTitle(made)}: ${made.state === "pending" ? "waits for approval" : "excused"}.` });
      router.push("/service-levels/excuses");
      return afterExcuse(client);
    },
  });
  const isSeen = settled === fields && preview.data !== undefined && !preview.isError;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isSeen) create.mutate();
  };
  const field = (key: keyof ExcuseFields, label: string, placeholder: string) => (
    <TextInput
      label={label}
      value={fields[key]}
      placeholder={placeholder}
      maxLength={2_000}
      spellCheck={false}
      onChange={({ target }) => setFields({ ...fields, [key]: target.value })}
    />
  );
  return (
    <form className={page.form} onSubmit={submit} aria-label="Excuse hours">
      {field("eventTypes", "Event types, separated by commas", "EndSong, PlayStart")}
      {field("tier", "Or a tier", "high")}
      {field("from", "From hour (UTC, included)", "2026-10-12T08")}
      {field("to", "To hour (UTC, excluded)", "2026-10-12T11")}
      <Textarea
        label="Reason"
        rows={3}
        required
        minLength={3}
        maxLength={1_000}
        value={fields.reason}
        placeholder="What was agreed, and with which team"
        onChange={({ target }) => setFields({ ...fields, reason: target.value })}
      />
      {may === false && <SignInToAct scope="respond" to="excuse hours" />}
      {may && <ExcusePreview preview={preview.data} error={preview.error} isAsked={isAsked} />}
      {may && (
        <div className={page.row}>
          <Button type="submit" variant="filled" disabled={!isSeen || create.isPending || create.isSuccess}>
            {preview.data?.needsApproval ? "Request approval" : "Excuse hours"}
          </Button>
        </div>
      )}
      <Refusal error={create.error} />
    </form>
  );
}
