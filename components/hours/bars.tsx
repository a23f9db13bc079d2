import styles from "./bars.module.css";

/** Space beyond the deadline, so that a delay past it is visible as such. */
const trackShare = 1.5;

/** A delay against its deadline, to scale: the tick is the deadline, anything past it is inked. */
export function DelayBar({ delaySeconds, deadlineSeconds }: { delaySeconds: number; deadlineSeconds: number }) {
  const toPercent = (seconds: number) => Math.min(100, Math.max(0, (seconds / (deadlineSeconds * trackShare)) * 100));
  const deadline = toPercent(deadlineSeconds);
  const delay = toPercent(delaySeconds);
  return (
    <svg className={styles.delayBar} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect className={styles.track} x="0" y="2" width="100" height="4" />
      <rect className={styles.used} x="0" y="2" width={Math.min(delay, deadline)} height="4" />
      {delay > deadline && (
        <rect className={styles.over} x={deadline} y="1" width={Math.max(2, delay - deadline)} height="6" />
      )}
      <rect className={styles.tick} x={deadline - 0.5} y="0" width="1" height="8" />
    </svg>
  );
}

interface FunnelBarProps {
  count: number;
  /** The largest count of the datacenters: the full width. */
  scale: number;
  lost: number;
  duplicated: number;
  /** The datacenter has closed the hour: until then missing events may still arrive. */
  isFinal: boolean;
}

/** One stage of a datacenter: its events, then missing ones as a gap, or excess ones as an addition. */
export function FunnelBar({ count, scale, lost, duplicated, isFinal }: FunnelBarProps) {
  const toPercent = (events: number) => (scale > 0 ? (events / scale) * 100 : 0);
  // A loss of one in a million must still be visible.
  const seen = (events: number) => (events > 0 ? Math.max(1.5, toPercent(events)) : 0);
  const lostWidth = seen(lost);
  const extraWidth = seen(duplicated);
  const width = Math.max(0, Math.min(toPercent(count) - extraWidth, 100 - lostWidth - extraWidth));
  return (
    <svg className={styles.funnelBar} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect className={styles.came} x="0" y="0" width={width} height="8" />
      {lostWidth > 0 && (
        <rect className={isFinal ? styles.lost : styles.coming} x={width} y="0" width={lostWidth} height="8" />
      )}
      {extraWidth > 0 && <rect className={styles.extra} x={width + lostWidth} y="0" width={extraWidth} height="8" />}
    </svg>
  );
}
