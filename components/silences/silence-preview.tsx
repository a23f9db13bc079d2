import { SeverityWord } from "#components/alerts/severity-word.tsx";
import form from "#components/ui/form.module.css";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import type { SilencePreviewJson } from "#domain/api/silences.ts";
import styles from "./silences.module.css";

const shown = 8;

interface SilencePreviewProps {
  preview: SilencePreviewJson | undefined;
  error: Error | null;
  isEmpty: boolean;
  asOf: string;
}

/** What the matchers hide now, and would have hidden. */
export function SilencePreview({ preview, error, isEmpty, asOf }: SilencePreviewProps) {
  return (
    <div className={styles.preview} role="status" aria-label="Preview">
      {isEmpty ? (
        <p className={page.quiet}>Enter matchers to preview the silenced alerts.</p>
      ) : error ? (
        <p className={form.refusal}>{error.message}</p>
      ) : preview ? (
        <Found preview={preview} asOf={asOf} />
      ) : (
        <p className={page.quiet}>Loading the preview…</p>
      )}
    </div>
  );
}

function Found({ preview: { now, lastWeek }, asOf }: { preview: SilencePreviewJson; asOf: string }) {
  return (
    <>
      <p>
        <strong>
          {now.count === 0 ? "Matches no firing alerts." : `Matches ${formatCountOf(now.count, "firing alert")}:`}
        </strong>
      </p>
      {now.count > 0 && (
        <ul className={styles.hidden}>
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
      <p>
        {lastWeek.count === 0
          ? "It would have silenced no alerts in the last 7 days."
          : `In the last 7 days it would have silenced ${formatCountOf(lastWeek.count, "alert")}${lastWeek.complete ? "" : " or more"} of ${formatCountOf(lastWeek.incidents, "incident")}, ${lastWeek.pages === 0 ? "no pages" : `including ${formatCountOf(lastWeek.pages, "page")}`}: ${lastWeek.byRule
              .slice(0, shown)
              .map(({ rule, count }) => `${rule} (${formatCount(count)})`)
              .join(", ")}.`}
      </p>
    </>
  );
}
