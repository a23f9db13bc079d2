import { strengthWords } from "#components/explain/cause-list.tsx";
import { DatacenterLink } from "#components/ui/datacenter-link.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { Earlier } from "#components/ui/earlier.tsx";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import type { SituationJson } from "#domain/api/situation.ts";
import { evidenceFigure } from "./evidence-figure.ts";
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
