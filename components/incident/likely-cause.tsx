import { strengthWords } from "#components/explain/cause-list.tsx";
import { DatacenterLink } from "#components/ui/datacenter-link.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { formatDuration } from "#components/ui/duration.ts";
import { Earlier } from "#components/ui/earlier.tsx";
import { formatCount, formatShare } from "#components/ui/number-format.ts";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import type { SituationJson } from "#domain/api/situation.ts";
import styles from "./incident.module.css";

const mostFigures = 3;

/** The likely cause, and its evidence as figures over the whole incident, each with its own age. */
export function LikelyCause({ situation, asOf }: { situation: SituationJson; asOf: string }) {
  const { cause, onset } = situation;
  const what = [cause.component, cause.version ?? cause.instance].filter((part) => part !== null).join(" ");
  const figures = cause.evidence.flatMap((each) => {
    const figure = evidenceFigure(each);
    return figure === null ? [] : [{ ...each, ...figure }];
  });
  const shown = figures.slice(0, mostFigures);
  // What an alert alone says about its cause is its own evidence.
  const others = cause.evidence.filter(({ fact }) => fact !== cause.sentence);
  return (
    <Section id="cause" title="Likely cause">
      <p className={styles.causeSentence}>{cause.sentence}</p>
      <p className={styles.where}>
        {cause.datacenter && (
          <span>
            <DatacenterLink name={cause.datacenter} />
          </span>
        )}
        {cause.stage && <span>{cause.stage}</span>}
        {what && <span>{what}</span>}
        <span>
          since <Time at={onset.at} relativeTo={asOf} />
          <Earlier onset={onset} />
        </span>
        <span>{strengthWords(cause.score)}</span>
      </p>
      {shown.length > 0 && (
        <dl className={styles.figures} aria-label="Evidence">
          {shown.map(({ code, value, label, asOf: at }) => (
            <div key={`${code} ${label}`}>
              <dt>
                {label}
                <span className={styles.figureAge}>
                  as of <Time at={at} relativeTo={asOf} />
                </span>
              </dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {others.length > 0 && (
        <Disclosure summary="Evidence in words" open={shown.length === 0}>
          <ul>
            {others.map(({ fact }) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        </Disclosure>
      )}
    </Section>
  );
}

type Evidence = SituationJson["cause"]["evidence"][number];

/** What each kind of sign counts; the fact beside it says all of it. */
const labels: Readonly<Record<string, string>> = {
  silence: "silent for",
  telemetry: "nothing ingested for",
  unpublished: "produced, not published",
  unpublished_age: "oldest unpublished event",
  undelivered: "published, not delivered",
  watermark: "watermark’s speed",
  lag: "behind",
  types: "event types that fell behind",
  counted_by_source: "counted by a source",
  lost: "lost",
  duplicated: "duplicated",
  uncounted: "delivered beyond what was counted",
  skewed: "delivered into other hours",
  reporters: "reporters missing",
  counts: "hours without counts",
  volume: "produced",
};

/** A piece of evidence as one figure and what it counts; null: it has no figure. */
function evidenceFigure({ code, figure, unit, of }: Evidence): { value: string; label: string } | null {
  if (figure === null || unit === null) return null;
  const label = labels[code] ?? code.replaceAll("_", " ");
  if (unit === "seconds") return { label, value: formatDuration(figure) };
  if (unit === "share") return { label, value: formatShare(figure) };
  const value = formatCount(figure);
  return { label, value: of ? `${value} of ${formatCount(of)}` : value };
}
