"use client";

import { TextInput } from "@mantine/core";
import { faultAt as faultOf, faultsOf, faultText } from "#components/forms/fault-at.ts";
import styles from "#components/forms/forms.module.css";
import { InstantField } from "#components/forms/instant-field.tsx";
import { MatchersField } from "#components/forms/matchers-field.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { recurrenceText } from "./recurrence-text.ts";
import { howLongs, type SilenceDraft, seriesLengths, sundayNight } from "./silence-draft.ts";
import { WeeklyFields } from "./weekly-fields.tsx";

interface SilenceFieldsProps {
  draft: SilenceDraft;
  onChange: (fields: Partial<SilenceDraft>) => void;
  /** What the API found wrong, the latest refusal first. */
  errors: readonly (Error | null)[];
  /** Its start is open: a silence that exists has one. */
  isNew: boolean;
  asOf: string;
}

/** What to silence, when and why. */
export function SilenceFields({ draft, onChange: change, errors, isNew, asOf }: SilenceFieldsProps) {
  const faultAt = (pointer: string) => errors.map((error) => faultIn(error, pointer)).find((fault) => fault);
  const repeats = draft.weekly !== null ? "weekly" : draft.intervals !== null ? "intervals" : "never";
  const repeat = (next: typeof repeats) => {
    if (next === "never") change({ weekly: null, intervals: null, ...(isNew && { howLong: "2h" }) });
    if (next === "weekly") change({ weekly: sundayNight, intervals: null, ...(isNew && { howLong: "365d" }) });
  };
  const lengths = repeats === "never" ? howLongs : seriesLengths;
  return (
    <>
      <MatchersField
        label="Matchers"
        value={draft.matchers}
        onChange={(matchers) => change({ matchers })}
        faultAt={(at) => (at === null ? faultAt("/matchers") : faultAt(`/matchers/${at}`))}
        empty="All of them must match an alert."
      />
      <div className={styles.fields}>
        {isNew && (
          <Choice
            label="Starts"
            data={[
              { value: "now", label: "Now" },
              { value: "at", label: "At…" },
            ]}
            value={draft.startsAt === null ? "now" : "at"}
            onChange={(starts) => change({ startsAt: starts === "now" ? null : asOf })}
          />
        )}
        {draft.startsAt !== null && (
          <InstantField
            label="Start"
            value={draft.startsAt}
            error={faultAt("/startsAt")}
            onChange={(startsAt) => change({ startsAt })}
          />
        )}
        <Choice
          label="Repeats"
          description={draft.intervals && recurrenceText(draft.intervals)}
          data={[
            { value: "never", label: "Never" },
            { value: "weekly", label: "Every week" },
            ...(draft.intervals === null ? [] : [{ value: "intervals" as const, label: "At other times" }]),
          ]}
          value={repeats}
          onChange={repeat}
        />
        <Choice
          label={repeats === "never" ? "Duration" : "Repeats for"}
          data={lengths.map(([value, label]) => ({ value, label }))}
          value={draft.howLong}
          error={faultAt("/duration")}
          onChange={(howLong) => change({ howLong })}
        />
        {draft.howLong === "until" && (
          <InstantField
            label="Until"
            value={draft.until}
            error={faultAt("/endsAt")}
            onChange={(until) => change({ until })}
          />
        )}
      </div>
      {draft.weekly !== null && (
        <WeeklyFields value={draft.weekly} error={faultAt("/recurrence")} onChange={(weekly) => change({ weekly })} />
      )}
      <TextInput
        label="Reason"
        value={draft.reason}
        maxLength={1000}
        placeholder="What is being done, and who to ask"
        error={faultAt("/reason")}
        onChange={({ target }) => change({ reason: target.value })}
      />
    </>
  );
}

function faultIn(error: Error | null, pointer: string): string | undefined {
  const found = faultOf(faultsOf(error), pointer);
  // A fault of one matcher is shown beside it.
  if (pointer === "/matchers" && found?.pointer !== pointer) return undefined;
  return found && faultText(found);
}
