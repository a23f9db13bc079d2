"use client";

import { Button, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay } from "#components/access/use-may.ts";
import { excuseQueries, excuses } from "#components/api/excuses.ts";
import { queries } from "#components/api/queries.ts";
import { faultTextAt } from "#components/forms/fault-at.ts";
import { HourField } from "#components/forms/hour-field.tsx";
import { NamesInput } from "#components/forms/names-input.tsx";
import { Choice } from "#components/ui/choice.tsx";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { everything, useAct } from "#components/ui/use-act.ts";
import { excuseTitle } from "#domain/slo.ts";
import { bodyOf, type ExcuseFields, isFilled } from "./excuse-fields.ts";
import { ExcusePreview } from "./excuse-preview.tsx";

const settleMs = 400;

/** Hours to excuse: the effect on the months is previewed before they are. */
export function ExcuseForm({ initial }: { initial: ExcuseFields }) {
  const may = useMay("respond");
  const router = useRouter();
  const [fields, setFields] = useState(initial);
  const [settled] = useDebouncedValue(fields, settleMs);
  const isAsked = may === true && isFilled(settled);
  const types = useQuery({ ...queries.eventTypes(), enabled: may === true, refetchInterval: false });
  const claimed = (types.data?.items ?? []).filter(({ status }) => status !== "discovered");
  const tiers = [...new Set([...claimed.map(({ tier }) => tier ?? ""), initial.tier])]
    .filter((tier) => tier !== "")
    .sort();
  // The preview needs no reason yet.
  const preview = useQuery({
    ...excuseQueries.preview(bodyOf({ ...settled, reason: "preview" })),
    enabled: isAsked,
  });
  const create = useAct(() => excuses.create(bodyOf(fields)), {
    done: () => router.push("/service-levels/excuses"),
    says: (made) => `${excuseTitle(made)}: ${made.state === "pending" ? "waits for approval" : "excused"}.`,
    rereads: everything,
  });
  const isSeen = settled === fields && preview.data !== undefined && !preview.isError;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isSeen) create.mutate();
  };
  const set = (changed: Partial<ExcuseFields>) => {
    if (create.isError) create.reset();
    setFields((current) => ({ ...current, ...changed }));
  };
  const fault = (pointer: string) => faultTextAt([create.error, isAsked ? preview.error : null], pointer);
  return (
    <form className={page.form} onSubmit={submit} noValidate aria-label="Excuse hours">
      <NamesInput
        label="Event types"
        known={claimed.map(({ name }) => name)}
        value={fields.eventTypes}
        placeholder="EndSong"
        error={fault("/eventTypes")}
        onChange={(eventTypes) => set({ eventTypes })}
      />
      <Choice
        label="Or a tier"
        data={[{ value: "", label: "none" }, ...tiers]}
        value={fields.tier}
        error={fault("/tier")}
        onChange={(tier) => set({ tier })}
      />
      <HourField
        label="From hour (UTC, included)"
        value={fields.from}
        error={fault("/from")}
        onChange={(from) => set({ from })}
      />
      <HourField
        label="To hour (UTC, excluded)"
        value={fields.to}
        error={fault("/to")}
        onChange={(to) => set({ to })}
      />
      <Textarea
        label="Reason"
        rows={3}
        required
        maxLength={1_000}
        value={fields.reason}
        placeholder="What was agreed, and with which team"
        error={fault("/reason")}
        onChange={({ target }) => set({ reason: target.value })}
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
      <Refusal error={create.error} atFields />
    </form>
  );
}
