"use client";

import { Button } from "@mantine/core";
import { plain } from "#components/forms/amount.ts";
import { AmountField } from "#components/forms/amount-field.tsx";
import { useEdited } from "#components/forms/draft-context.ts";
import forms from "#components/forms/forms.module.css";
import { objectsOf } from "#components/forms/spec-path.ts";

const factor = [plain("times too fast")];

/** Over a long and a short window, how many times too fast the budget may burn; any of them fires. */
export function BurnWindows() {
  const draft = useEdited();
  const windows = objectsOf(draft.at(["windows"]));
  return (
    <>
      {windows.map((_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a window is its place
        <div key={at} className={forms.fields}>
          <AmountField path={["windows", at, "factor"]} label="Burns" units={factor} />
          <AmountField path={["windows", at, "long"]} label="over" />
          <AmountField path={["windows", at, "short"]} label="and over" />
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
