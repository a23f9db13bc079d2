import { DatacenterLink } from "#components/ui/datacenter-link.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { Time } from "#components/ui/time.tsx";
import type { CauseJson } from "#domain/api/explanation.ts";
import styles from "./cause-list.module.css";

/** Likely causes, likeliest first: the first with all its evidence, the others collapsed. */
export function CauseList({ causes, asOf }: { causes: readonly CauseJson[]; asOf: string }) {
  return (
    <ol className={styles.causes}>
      {causes.map((cause, index) => (
        <li key={`${cause.code} ${cause.datacenter} ${cause.stage} ${cause.deploymentId}`}>
          <p className={styles.sentence}>{cause.sentence}</p>
          <CauseWhere cause={cause} asOf={asOf} />
          <Evidence cause={cause} asOf={asOf} open={index === 0} />
        </li>
      ))}
    </ol>
  );
}

function Evidence({ cause, asOf, open }: { cause: CauseJson; asOf: string; open: boolean }) {
  // What an alert alone says about its cause is its own evidence.
  const facts = cause.evidence.filter(({ fact }) => fact !== cause.sentence);
  if (facts.length === 0) return null;
  return (
    <Disclosure summary="Evidence" open={open}>
      <ul>
        {facts.map(({ fact, at }) => (
          <li key={fact}>
            {fact}
            {at && !fact.includes(" UTC") && (
              <span className={styles.at}>
                {" "}
                <Time at={at} relativeTo={asOf} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

function CauseWhere({ cause, asOf }: { cause: CauseJson; asOf: string }) {
  const { datacenter, stage, since, component, version, instance, score } = cause;
  const what = [component, version ?? instance].filter((part) => part !== null).join(" ");
  return (
    <p className={styles.where}>
      {datacenter && (
        <span>
          <DatacenterLink name={datacenter} />
        </span>
      )}
      {stage && <span>{stage}</span>}
      {what && <span>{what}</span>}
      {since && (
        <span>
          since <Time at={since} relativeTo={asOf} />
        </span>
      )}
      <span>{strengthWords(score)}</span>
    </p>
  );
}

/** A cause's score in words: it only ranks, and a figure would look like a probability. */
export function strengthWords(score: number): string {
  if (score >= 0.8) return "strong evidence";
  return score >= 0.5 ? "some evidence" : "weak evidence";
}
