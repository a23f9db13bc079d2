import styles from "./skeleton.module.css";

interface SkeletonProps {
  heightPx: number;
  /** In pixels or as a share; the whole, if left out. */
  width?: number | string;
}

/** The place of something that is on its way. */
export function Skeleton({ heightPx, width }: SkeletonProps) {
  return <div className={styles.skeleton} style={{ height: heightPx, width }} />;
}
