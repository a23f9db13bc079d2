import page from "#components/ui/page.module.css";
import { DayForm } from "./day-form.tsx";
import type { AskedDayText } from "./day-words.ts";

interface AskDayProps {
  asked: AskedDayText;
  heading: string;
  /** Why the request cannot be answered; null: there was none. */
  refusal: string | null;
}

/** The page before there is an answer: the form, and any fault of the request. */
export function AskDay({ asked, heading, refusal }: AskDayProps) {
  return (
    <article className={page.page}>
      <h1>{heading}</h1>
      <p>
        {refusal === null
          ? "Enter the event types that a job reads and the day it needs. The page lists every hour, and what each waits for."
          : "Couldn’t check this day."}
      </p>
      {refusal !== null && (
        <p className={page.refusal} role="alert">
          {refusal}
        </p>
      )}
      <DayForm asked={asked} />
    </article>
  );
}
