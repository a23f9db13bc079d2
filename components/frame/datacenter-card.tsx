import { formatDuration } from "#components/ui/duration.ts";
import { lagLabel, leastTopSeconds } from "#components/ui/lag-sparkline.ts";
import { formatCountOf } from "#components/ui/number-format.ts";
import { PageLink } from "#components/ui/page-link.tsx";
import { PhasePill } from "#components/ui/phase-pill.tsx";
import { latestRecovery } from "#components/ui/recovery-of.ts";
import { Sparkline } from "#components/ui/sparkline.tsx";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { Time } from "#components/ui/time.tsx";
import { type DatacenterNow, Silence } from "./datacenter-line.tsx";
import { standingOf } from "./datacenter-standing.ts";
import styles from "./datacenter-strip.module.css";
import { datacenterDetails, datacenterWords } from "./datacenter-words.ts";
import type { DifferingVersion } from "./differing-versions.ts";

interface DatacenterCardProps extends DatacenterNow {
  versions: readonly DifferingVersion[];
}

/** A datacenter's state in shape and words, its lag over six hours, and what is unusual there. */
export function DatacenterCard({ datacenter, incidents, asOf, blind, versions }: DatacenterCardProps) {
  const { name, lagSeconds, lags } = datacenter;
  const state = standingOf(datacenter, { incidents, blind });
  return (
    <PageLink
      className={styles.card}
      data-state={state}
      href={`/datacenters/${encodeURIComponent(name)}`}
      title={datacenterDetails(datacenter)}
    >
      <span className={styles.head}>
        <StateGlyph state={state} />
        <span className={styles.name}>{name}</span>
        <span className={styles.figure}>{lagSeconds === null ? "–" : formatDuration(lagSeconds)}</span>
      </span>
      <Sparkline points={lags} label={lagLabel(datacenter)} leastTop={leastTopSeconds} isTrouble={state === "late"} />
      <span className={styles.state}>
        <Standing datacenter={datacenter} incidents={incidents} asOf={asOf} blind={blind} />
      </span>
      <span className={styles.more}>
        {datacenterWords(datacenter).map(({ text, isTrouble }) => (
          <span key={text} className={isTrouble ? styles.trouble : undefined}>
            {text}
          </span>
        ))}
        {versions.map(({ component, versions: running, isOdd }) => (
          <span key={component} className={isOdd ? styles.trouble : undefined}>
            {component} {running}
            {isOdd && <span title="Most datacenters run another version"> ≠</span>}
          </span>
        ))}
      </span>
    </PageLink>
  );
}

function Standing({
  datacenter: { silent, lateTypes, lagSeconds, lastSeenAt },
  incidents,
  asOf,
  blind,
}: DatacenterNow) {
  const [worst] = incidents;
  if (silent) {
    return (
      <strong>
        <Silence lastSeenAt={lastSeenAt} asOf={asOf} />
      </strong>
    );
  }
  const end = latestRecovery(incidents)?.p50At ?? null;
  if (end !== null && Date.parse(end) > Date.parse(asOf)) {
    return (
      <strong>
        catching up, all closed by about <Time at={end} relativeTo={asOf} />
      </strong>
    );
  }
  const late = lateTypes > 0 && `holds up ${formatCountOf(lateTypes, "late type")}`;
  if (worst) {
    return (
      <>
        <PhasePill phase={worst.phase} recoversAt={null} asOf={asOf} /> {late && <strong>{late}</strong>}
      </>
    );
  }
  if (late) return <strong>{late}</strong>;
  if (blind) return "unknown";
  return lagSeconds === null ? "no watermark yet" : "on time";
}
