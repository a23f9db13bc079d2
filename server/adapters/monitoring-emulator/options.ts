export interface MonitoringEmulatorOptions {
  /** Milliseconds since 1970. What is visible, too old or over the quota depends on it. */
  now: () => number;
  /** 0: any free port. */
  port?: number;
  /** Take Google's own series over HTTP too, as its REST API would. */
  door?: boolean;
  /** How long after its end a point is not visible; null: as Google documents it for the metric. Custom metrics: at once. */
  delaySeconds?: (metricType: string) => number | null;
  /** Metrics scopes: by scoping project, the other projects whose series its queries are answered with too. */
  scopes?: Record<string, readonly string[]>;
  /** Points of a series that are older than this, counted from its newest, are dropped. Default 26 h. */
  retentionMs?: number;
  /** listTimeSeries a minute and project. Default 6,000, as Google's. */
  readsPerMinute?: number;
  /** createTimeSeries a minute and project. Default 60,000. */
  writesPerMinute?: number;
  /** Between two points of a custom series. Default 5 s, as Google's. */
  minSpacingMs?: number;
}
