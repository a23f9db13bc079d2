"use client";

import { ActionIcon, Autocomplete, Button, TextInput } from "@mantine/core";
import { useState } from "react";
import "./mantine.css";
import { Choice } from "#components/ui/choice.tsx";
import page from "#components/ui/page.module.css";
import {
  formatMatcher,
  type MatcherOp,
  type MatcherText,
  matcherOps,
  readMatchers,
} from "#domain/routing/matcher-text.ts";
import styles from "./forms.module.css";

interface MatchersFieldProps {
  label: string;
  /** As a file writes them: `severity="page"`. */
  value: readonly unknown[];
  onChange: (matchers: string[]) => void;
  /** What is wrong with the matcher at an index, or with all of them. */
  faultAt: (index: number | null) => string | undefined;
  empty: string;
}

const labels = ["alertname", "severity", "cause", "eventType", "tier", "owner", "datacenter"];
const opWords: Record<MatcherOp, string> = { "=": "is", "!=": "is not", "=~": "matches", "!~": "matches not" };

/** Conditions on labels, all of which must hold. */
export function MatchersField({ label, value, onChange, faultAt, empty }: MatchersFieldProps) {
  const rows = value.flatMap(readWritten);
  // An empty row says nothing yet: it is kept here until it does. An empty value does: the label is missing.
  const [unfinished, setUnfinished] = useState<MatcherText | null>(rows.length === 0 ? blank : null);
  const write = (next: readonly MatcherText[]) => onChange(next.map(formatMatcher));
  const change = (at: number, matcher: MatcherText) => {
    if (at < rows.length) return write(rows.map((row, index) => (index === at ? matcher : row)));
    if (matcher.name === "" && matcher.value === "") return setUnfinished(matcher);
    setUnfinished(null);
    write([...rows, matcher]);
  };
  const remove = (at: number) => {
    if (at >= rows.length) setUnfinished(null);
    else write(rows.filter((_, index) => index !== at));
  };
  return (
    <fieldset className={styles.matchers}>
      <legend>{label}</legend>
      {rows.length === 0 && unfinished === null && <p className={page.hint}>{empty}</p>}
      {[...rows, ...(unfinished ? [unfinished] : [])].map((matcher, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; its content is what is edited
        <div className={styles.matcher} key={at}>
          <Autocomplete
            aria-label={`Label ${at + 1}`}
            placeholder="label"
            data={labels}
            value={matcher.name}
            onChange={(name) => change(at, { ...matcher, name })}
          />
          <Choice
            aria-label={`Operator ${at + 1}`}
            data={matcherOps.map((op) => ({ value: op, label: `${op} ${opWords[op]}` }))}
            value={matcher.op}
            onChange={(op) => change(at, { ...matcher, op })}
          />
          <TextInput
            aria-label={`Value ${at + 1}`}
            placeholder={matcher.op.includes("~") ? "expression, such as ams|lon" : "value"}
            spellCheck={false}
            value={matcher.value}
            error={faultAt(at)}
            onChange={({ target }) => change(at, { ...matcher, value: target.value })}
          />
          <ActionIcon aria-label={`Remove condition ${at + 1}`} onClick={() => remove(at)}>
            ✕
          </ActionIcon>
        </div>
      ))}
      {faultAt(null) && <p className={page.refusal}>{faultAt(null)}</p>}
      {unfinished === null && (
        <div>
          <Button size="compact-sm" onClick={() => setUnfinished(blank)}>
            Add a condition
          </Button>
        </div>
      )}
    </fieldset>
  );
}

const blank: MatcherText = { name: "", op: "=", value: "" };

/** Several in one text, or an object, as the API takes them too. */
function readWritten(written: unknown): MatcherText[] {
  if (typeof written === "string") {
    try {
      return readMatchers(written);
    } catch {
      return [{ name: written, op: "=", value: "" }];
    }
  }
  const { name = "", value = "", isRegex = false, isEqual = true } = (written ?? {}) as Record<string, unknown>;
  const op = isRegex ? (isEqual ? "=~" : "!~") : isEqual ? "=" : "!=";
  return [{ name: String(name), op, value: String(value) }];
}
