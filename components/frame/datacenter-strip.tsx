import Link from "next/link";
import { formatDuration } from "#components/ui/duration.ts";
import { formatCount } from "#components/ui/number-format.ts";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { Time } from "#components/ui/time.tsx";
import type { BoardDatacenterJson } from "#domain/api/board.ts";
import styles from "./datacenter-strip.module.css";
import { datacenterDetails, datacenterWords } from "./datacenter-words.ts";

interface DatacenterStripProps {
  datacenters: readonly BoardDatacenterJson[];
  /** Names of those with an open incident. */
  troubled: ReadonlySet<string>;
  asOf: string;
  /** Ingest has received nothing for too long: none of them can be called well. */
  blind: boolean;
}

/** Every datacenter in a few words, linked to its page. */
export function DatacenterStrip({ datacenters, troubled, asOf, blind }: DatacenterStripProps) {
  if (datacenters.length === 0) return null;
  return (
    <ul className={styles.datacenters} aria-label="Datacenters">
      {datacenters.map((datacenter) => (
        <li key={datacenter.name}>
          <Link
            title={datacenterDetails(datacenter)}
            href={`/datacenters/${encodeURIComponent(datacenter.name)}`}
            prefetch={false}
          >
            <StateGlyph state={stateOf(datacenter, { blind, isTroubled: troubled.has(datacenter.name) })} />
            <span className={styles.first}>
              <span className={styles.name}>{datacenter.name}</span>
              <Standing datacenter={datacenter} isTroubled={troubled.has(datacenter.name)} asOf={asOf} />
            </span>
            <More datacenter={datacenter} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

interface StandingProps {
  datacenter: BoardDatacenterJson;
  isTroubled: boolean;
  asOf: string;
}

function Standing({ datacenter, isTroubled, asOf }: StandingProps) {
  const { silent, lateTypes, lagSeconds, lastSeenAt } = datacenter;
  if (silent) {
    return (
      <span className={styles.trouble}>
        {lastSeenAt ? (
          <>
            silent since <Time at={lastSeenAt} relativeTo={asOf} />
          </>
        ) : (
          "no messages yet"
        )}
      </span>
    );
  }
  if (lateTypes > 0) {
    const behind = lagSeconds === null ? "no watermark" : `${formatDuration(lagSeconds)} behind`;
    return (
      <span className={styles.trouble}>
        {behind}, holds up {formatCount(lateTypes)}
      </span>
    );
  }
  if (isTroubled) {
    const behind = lagSeconds === null ? "no watermark" : `${formatDuration(lagSeconds)} behind`;
    return <span className={styles.trouble}>{behind}, open incident</span>;
  }
  return <span className={styles.calm}>{lagSeconds === null ? "no watermark yet" : formatDuration(lagSeconds)}</span>;
}

function More({ datacenter }: { datacenter: BoardDatacenterJson }) {
  const words = datacenterWords(datacenter);
  if (words.length === 0) return null;
  return (
    <span className={styles.more}>
      {words.map(({ text, isTrouble }) => (
        <span key={text} className={isTrouble ? styles.trouble : undefined}>
          {text}
        </span>
      ))}
    </span>
  );
}

/** With an open incident it is never shown as complete, though nothing is late yet. */
function stateOf(
  { silent, lateTypes, lagSeconds }: BoardDatacenterJson,
  { blind, isTroubled }: { blind: boolean; isTroubled: boolean },
) {
  if ((lateTypes > 0 || isTroubled) && !silent) return "late";
  if (silent || blind) return "unverified";
  return lagSeconds === null ? "open" : "complete";
}
