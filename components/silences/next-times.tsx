import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import type { SilenceJson } from "#domain/api/silences.ts";

/** The next times at which a recurring silence silences. */
export function NextTimes({ silence: { next }, asOf }: { silence: Pick<SilenceJson, "next">; asOf: string }) {
  if (next.length === 0) return <p className={page.quiet}>It does not silence anything before it ends.</p>;
  return (
    <p className={page.quiet}>
      Silences{" "}
      {next.map(({ startsAt, endsAt }, at) => (
        <span key={startsAt}>
          {at > 0 && "; "}
          {startsAt <= asOf ? "now" : <Time at={startsAt} relativeTo={asOf} />} to{" "}
          <Time at={endsAt} relativeTo={startsAt <= asOf ? asOf : startsAt} />
        </span>
      ))}
      .
    </p>
  );
}
