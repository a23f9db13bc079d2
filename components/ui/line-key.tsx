import styles from "./legend.module.css";

/** A chart's line in its legend, with its ink and dashes. */
export function LineKey({ ink, dash }: { ink: string; dash?: string | undefined }) {
  return (
    <svg className={styles.line} viewBox="0 0 24 4" aria-hidden="true">
      <line x1="0" x2="24" y1="2" y2="2" stroke={ink} strokeWidth="2" strokeDasharray={dash} />
    </svg>
  );
}
