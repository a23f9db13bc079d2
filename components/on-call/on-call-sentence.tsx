import { Time } from "#components/ui/time.tsx";
import type { OnCallScheduleJson } from "#domain/api/on-call.ts";

interface OnCallSentenceProps {
  schedule: Pick<OnCallScheduleJson, "now" | "next">;
  asOf: string;
}

/** Who is on call, until when, and who is next. */
export function OnCallSentence({ schedule: { now, next }, asOf }: OnCallSentenceProps) {
  return (
    <>
      {now ? (
        <>
          <strong>{now.person}</strong> is on call until <Time at={now.endsAt} relativeTo={asOf} />
          {now.layer === null && ", as an override"}.
        </>
      ) : (
        <>
          <strong>No one is on call.</strong> Pages go to everyone in the schedule.
        </>
      )}{" "}
      {next && (
        <>
          Next: {next.person}, from <Time at={next.startsAt} relativeTo={asOf} />.
        </>
      )}
    </>
  );
}
