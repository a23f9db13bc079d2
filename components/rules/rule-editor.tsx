"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { queries } from "#components/api/queries.ts";
import { BacktestStrip } from "#components/backtest/backtest-strip.tsx";
import { DocumentEditor } from "#components/catalogue/document-editor.tsx";
import type { CatalogueChangeJson } from "#domain/api/catalogue.ts";
import { readDraft, writeThreshold } from "./rule-draft.ts";
import { RuleRoute } from "./rule-route.tsx";
import { ruleSentence, scopeSentence } from "./rule-words.ts";
import styles from "./rules.module.css";
import { ThresholdSlider } from "./threshold-slider.tsx";

const settleMs = 400;

/** A rule's document beside its meaning: in words, a slider for its threshold, and where its alerts go. */
export function RuleEditor({ initial }: { initial: string }) {
  const router = useRouter();
  const client = useQueryClient();
  const [text, setText] = useState(initial);
  const draft = useMemo(() => readDraft(text), [text]);
  const [settled] = useDebouncedValue(draft, settleMs);
  const onApplied = (changes: readonly CatalogueChangeJson[]) => {
    const name = changes.find(({ kind }) => kind === "AlertRule")?.name;
    if (name === undefined) return router.refresh();
    void client.invalidateQueries({ queryKey: queries.rule(name).queryKey });
    // Rule document may be renamed: navigate to the rule that it created.
    router.push(`/alerts/rules/${encodeURIComponent(name)}`);
    router.refresh();
  };
  return (
    <div className={styles.editor}>
      {draft && (
        <ThresholdSlider
          metric={String(draft.spec.metric)}
          threshold={draft.spec.threshold}
          onChange={(threshold) => setText(writeThreshold(text, threshold))}
        />
      )}
      <DocumentEditor initial={initial} label="Rule document" draft={{ text, setText }} onApplied={onApplied} />
      {text !== initial && draft && (
        <p>
          This rule: {ruleSentence(draft.spec)} {scopeSentence(draft.spec)}
        </p>
      )}
      {draft && settled ? (
        <>
          <BacktestStrip spec={draft.spec} ruleName={draft.name} />
          <RuleRoute draft={settled} />
        </>
      ) : (
        <p>Enter a valid AlertRule with a name to see its backtest and where its alerts go.</p>
      )}
    </div>
  );
}
