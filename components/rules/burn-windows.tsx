"use client";

import { Button } from "@mantine/core";
import { plain } from "#components/forms/amount.ts";
import { AmountField } from "#components/forms/amount-field.tsx";
import forms from "#components/forms/forms.module.css";
import type { Draft } from "#components/forms/use-draft.ts";
import { objectOf } from "./rule-words.ts";

const factor = [plain("times too fast")];

/** Over a long and a short window, how many times too fast the budget may burn; any of them fires. */
export function BurnWindows({ draft }: { draft: Draft }) {
  const written = draft.at(["windows"]);
  const windows = Array.isArray(written) ? written.map(objectOf) : [];
  return (
    <>
      {windows.map((_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a window is its place
        <div key={at} className={forms.fields}>
          <AmountField draft={draft} path={["windows", at, "factor"]} label="Burns" units={factor} />
          <AmountField draft={draft} path={["windows", at, "long"]} label="over" />
          <AmountField draft={draft} path={["windows", at, "short"]} label="and over" />
          {windows.length > 1 && (
            <Button
              variant="subtle"
              aria-label={`Remove window ${at + 1}`}
              onClick={() =>
                draft.set(
                  ["windows"],
                  windows.filter((__, index) => index !== at),
                )
              }
            >
              Remove
            </Button>
          )}
        </div>
      ))}
      <div>
        <Button
          size="compact-sm"
          onClick={() => draft.set(["windows"], [...windows, { long: "6h", short: "30m", factor: 6 }])}
        >
          Add a window
        </Button>
      </div>
    </>
  );
}
