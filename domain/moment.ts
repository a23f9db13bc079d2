/** `2026-11-21 13:04 UTC`. For sentences: they are kept and read on other days. Screens drop the date of today: `withoutToday`. */
export function momentOf(instant: Date): string {
  return `${bareMomentOf(instant)} UTC`;
}

/** `2026-11-21 13:04`, where a zone follows later in the sentence. */
export function bareMomentOf(instant: Date): string {
  return instant.toISOString().slice(0, 16).replace("T", " ");
}

const dates = /\b(\d{4}-\d\d-\d\d) (?=\d\d:\d\d\b)/g;

/** As it is read at `now`: a sentence whose times are all of that day, in UTC, has them without their dates. null: it is kept by its reader. */
export function withoutToday(text: string, now: Date | null): string {
  if (now === null) return text;
  const today = now.toISOString().slice(0, 10);
  return text
    .split(/(?<=\.) /)
    .map((sentence) => {
      const isOfToday = [...sentence.matchAll(dates)].every(([, date]) => date === today);
      return isOfToday ? sentence.replace(dates, "") : sentence;
    })
    .join(" ");
}
