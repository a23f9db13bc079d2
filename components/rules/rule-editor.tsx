"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { api } from "#components/api/client.ts";
import { BacktestStrip } from "#components/backtest/backtest-strip.tsx";
import forms from "#components/forms/forms.module.css";
import { SpecEditor } from "#components/forms/spec-editor.tsx";
import type { WrittenSpec } from "#components/forms/spec-path.ts";
import { type Stored, useDraft, type WriteOptions } from "#components/forms/use-draft.ts";
import page from "#components/ui/page.module.css";
import { RuleFields } from "./rule-fields.tsx";
import { RuleRoute } from "./rule-route.tsx";
import { ruleSentence, scopeSentence } from "./rule-words.ts";

const settleMs = 400;
const write = (name: string, spec: WrittenSpec, { query = {}, ...how }: WriteOptions) =>
  api.PUT("/rules/{name}", { params: { path: { name }, query }, body: spec as never, ...how });

/** A rule's form, and beside it what it says, what it would have done, and where its alerts go. */
export function RuleEditor({ stored }: { stored: Stored }) {
  const router = useRouter();
  const client = useQueryClient();
  const onSaved = async (name: string) => {
    await Promise.all([["rules"], ["rule", name]].map((queryKey) => client.invalidateQueries({ queryKey })));
    if (stored.etag === null) router.push(`/alerts/rules/${encodeURIComponent(name)}`);
  };
  const draft = useDraft({ stored, write, onSaved });
  const [settled] = useDebouncedValue({ name: draft.name, spec: draft.spec }, settleMs);
  return (
    <div className={forms.beside}>
      <SpecEditor draft={draft} kind="AlertRule" to="save it" form={<RuleFields draft={draft} />} />
      <div className={page.page}>
        {draft.isDirty && (
          <p>
            As edited: {ruleSentence(draft.spec)} {scopeSentence(draft.spec)}
          </p>
        )}
        <BacktestStrip spec={draft.spec} ruleName={draft.name || null} />
        <RuleRoute name={settled.name} spec={settled.spec} />
      </div>
    </div>
  );
}
