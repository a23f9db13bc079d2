import { formatDuration } from "#components/ui/duration.ts";
import { formatCount } from "#components/ui/number-format.ts";
import { PageLink } from "#components/ui/page-link.tsx";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { Time } from "#components/ui/time.tsx";
import type { BoardDatacenterJson, BoardIncidentJson } from "#domain/api/board.ts";
import { standingOf } from "./datacenter-standing.ts";
import styles from "./datacenter-strip.module.css";
import { datacenterDetails } from "./datacenter-words.ts";

export interface DatacenterNow {
  datacenter: BoardDatacenterJson;
  /** Open ones that touch it. */
  incidents: readonly BoardIncidentJson[];
  asOf: string;
  blind: boolean;
}

/** A datacenter in a few words. */
export function DatacenterLine({ datacenter, incidents, asOf, blind }: DatacenterNow) {
  const { name } = datacenter;
  return (
    <PageLink href={`/datacenters/${encodeURIComponent(name)}`} title={datacenterDetails(datacenter)}>
      <StateGlyph state={standingOf(datacenter, { incidents, blind })} />
      <span className={styles.name}>{name}</span>
      <Words datacenter={datacenter} hasIncident={incidents.length > 0} asOf={asOf} />
    </PageLink>
  );
}

export function Silence({ lastSeenAt, asOf }: { lastSeenAt: string | null; asOf: string }) {
  if (lastSeenAt === null) return "no messages yet";
  return (
    <>
      silent since <Time at={lastSeenAt} relativeTo={asOf} />
    </>
  );
}

function Words({
  datacenter: { silent, lateTypes, lagSeconds, lastSeenAt },
  hasIncident,
  asOf,
}: {
  datacenter: BoardDatacenterJson;
  hasIncident: boolean;
  asOf: string;
}) {
  if (silent) {
    return (
      <span className={styles.trouble}>
        <Silence lastSeenAt={lastSeenAt} asOf={asOf} />
      </span>
    );
  }
  const lag = lagSeconds === null ? "no watermark yet" : formatDuration(lagSeconds);
  if (lateTypes === 0 && !hasIncident) return <span className={styles.calm}>{lag}</span>;
  return (
    <span className={styles.trouble}>
      {lag}
      {lagSeconds === null ? "" : " behind"}, {lateTypes > 0 ? `holds up ${formatCount(lateTypes)}` : "open incident"}
    </span>
  );
}
