import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { SeverityWord } from "#components/ui/severity-word.tsx";
import { Time } from "#components/ui/time.tsx";
import type { SilencePreviewJson } from "#domain/api/silences.ts";
import { NextTimes } from "./next-times.tsx";
import styles from "./silences.module.css";

const shown = 8;

interface SilencePreviewProps {
  preview: SilencePreviewJson | undefined;
  error: Error | null;
  isEmpty: boolean;
  /** The visitor may not try out silences. */
  isRefused: boolean;
  /** Without an end, the next times are not known. */
  hasEnd: boolean;
  asOf: string;
}

/** What the matchers hide now, and would have hidden. */
export function SilencePreview({ preview, error, isEmpty, isRefused, hasEnd, asOf }: SilencePreviewProps) {
  return (
    <div className={styles.preview} role="status" aria-label="Preview">
      <h3>Preview</h3>
      {isRefused ? (
        <p className={page.quiet}>Sign in to preview the silenced alerts.</p>
      ) : isEmpty ? (
        <p className={page.quiet}>Enter matchers to preview the silenced alerts.</p>
      ) : error ? (
        <p className={page.refusal}>There is no preview until the errors are corrected.</p>
      ) : preview ? (
        <Found preview={preview} hasEnd={hasEnd} asOf={asOf} />
      ) : (
        <p className={page.quiet}>Loading the preview…</p>
      )}
    </div>
  );
}

function Found({ preview, hasEnd, asOf }: { preview: SilencePreviewJson; hasEnd: boolean; asOf: string }) {
  const { now, lastWeek } = preview;
  return (
    <>
      <p>
        <strong>
          {now.count === 0 ? "Matches no firing alerts." : `Matches ${formatCountOf(now.count, "firing alert")}:`}
        </strong>
      </p>
      {now.count > 0 && (
        <ul>
          {now.alerts.slice(0, shown).map(({ fingerprint, rule, severity, labels, firingSince }) => (
            <li key={fingerprint}>
              <SeverityWord severity={severity} /> {rule}
              {[labels.eventType, labels.datacenter].flatMap((label) => (label ? `, ${label}` : [])).join("")}, since{" "}
              <Time at={firingSince} relativeTo={asOf} />
            </li>
          ))}
          {now.count > shown && <li>and {formatCount(now.count - shown)} more</li>}
        </ul>
      )}
      <p>{lastWeekText(lastWeek)}</p>
      {hasEnd && <NextTimes silence={preview} asOf={asOf} />}
    </>
  );
}

function lastWeekText({ count, complete, incidents, pages, byRule }: SilencePreviewJson["lastWeek"]): string {
  if (count === 0) return "It would have silenced no alerts in the last 7 days.";
  const alerts = `${formatCountOf(count, "alert")}${complete ? "" : " or more"} of ${formatCountOf(incidents, "incident")}`;
  const paging = pages === 0 ? "no pages" : `including ${formatCountOf(pages, "page")}`;
  const rules = byRule.slice(0, shown).map(({ rule, count: of }) => `${rule} (${formatCount(of)})`);
  return `In the last 7 days it would have silenced ${alerts}, ${paging}: ${rules.join(", ")}.`;
}
