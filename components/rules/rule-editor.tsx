"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import type { CatalogueChangeJson } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { BacktestStrip } from "#components/backtest/backtest-strip.tsx";
import { DocumentEditor } from "#components/catalogue/document-editor.tsx";
import { readDraft, writeThreshold } from "./rule-draft.ts";
import { RuleRoute } from "./rule-route.tsx";
import { ruleSentence, scopeSentence } from "./rule-words.ts";
import styles from "./rules.module.css";
import { ThresholdSlider } from "./threshold-slider.tsx";

const settleMs = 400;

/** A rule's document with what it means beside it: in words, its threshold to be moved, and where its alerts go. */
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
    // A document may be given another name: what it made is what is looked at next.
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
      <DocumentEditor initial={initial} label="The document" draft={{ text, setText }} onApplied={onApplied} />
      {text !== initial && draft && (
        <p>
          As written now: {ruleSentence(draft.spec)} {scopeSentence(draft.spec)}
        </p>
      )}
      {draft && settled ? (
        <>
          <BacktestStrip spec={draft.spec} ruleName={draft.name} />
          <RuleRoute draft={settled} />
        </>
      ) : (
        <p>
          What it would have done, and where its alerts go, is shown once the document can be read as an AlertRule with
          a name.
        </p>
      )}
    </div>
  );
}
