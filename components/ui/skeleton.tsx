import styles from "./skeleton.module.css";

interface SkeletonProps {
  heightPx: number;
  /** In pixels or as a share; default: all. */
  width?: number | string;
}

/** A placeholder for loading content. */
export function Skeleton({ heightPx, width }: SkeletonProps) {
  return <div className={styles.skeleton} style={{ height: heightPx, width }} />;
}
