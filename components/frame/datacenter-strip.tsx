import Link from "next/link";
import { formatDuration } from "#components/ui/duration.ts";
import { formatCount } from "#components/ui/number-format.ts";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { Time } from "#components/ui/time.tsx";
import type { BoardJson } from "#domain/api/board.ts";
import styles from "./frame.module.css";

type Datacenter = BoardJson["datacenters"][number];

interface DatacenterStripProps {
  datacenters: readonly Datacenter[];
  asOf: string;
  /** Nothing has come in for too long: none of them is known to be well. */
  blind: boolean;
}

/** Every datacenter in a few words; each leads to its page. */
export function DatacenterStrip({ datacenters, asOf, blind }: DatacenterStripProps) {
  if (datacenters.length === 0) return null;
  return (
    <ul className={styles.datacenters} aria-label="Datacenters">
      {datacenters.map((datacenter) => (
        <li key={datacenter.name}>
          <Link
            title={titleOf(datacenter)}
            href={`/datacenters/${encodeURIComponent(datacenter.name)}`}
            prefetch={false}
          >
            <StateGlyph state={stateOf(datacenter, blind)} />
            <span className={styles.datacenterName}>{datacenter.name}</span>
            <DatacenterWords datacenter={datacenter} asOf={asOf} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function DatacenterWords({ datacenter, asOf }: { datacenter: Datacenter; asOf: string }) {
  const { silent, lateTypes, lagSeconds, lastSeenAt } = datacenter;
  if (silent) {
    return (
      <span className={styles.datacenterTrouble}>
        {lastSeenAt ? (
          <>
            silent since <Time at={lastSeenAt} relativeTo={asOf} />
          </>
        ) : (
          "never heard"
        )}
      </span>
    );
  }
  if (lateTypes > 0) {
    const behind = lagSeconds === null ? "no watermark" : `${formatDuration(lagSeconds)} behind`;
    return (
      <span className={styles.datacenterTrouble}>
        {behind}, holds up {formatCount(lateTypes)}
      </span>
    );
  }
  return (
    <span className={styles.datacenterCalm}>
      {lagSeconds === null ? "no watermark yet" : formatDuration(lagSeconds)}
    </span>
  );
}

function titleOf({ name, lagSeconds }: Datacenter): string {
  const lag =
    lagSeconds === null
      ? "it has said no watermark yet"
      : `its lowest watermark is ${formatDuration(lagSeconds)} behind`;
  return `${name}: ${lag}. Show what runs there and what waits for it.`;
}

function stateOf({ silent, lateTypes, lagSeconds }: Datacenter, blind: boolean) {
  if (lateTypes > 0 && !silent) return "late";
  if (silent || blind) return "unverified";
  return lagSeconds === null ? "open" : "complete";
}
