"use client";

import { useSyncExternalStore } from "react";
import { CopyList } from "#components/ui/copy-list.tsx";
import { gateCommands } from "./gate-commands.ts";
import styles from "./hour-view.module.css";

const neverChanges = () => () => {};

/** How a job waits for this hour. `origin` is from the server's request; the browser replaces it with its own. */
export function UseThisHour({ origin, eventType, hour }: { origin: string; eventType: string; hour: string }) {
  const here = useSyncExternalStore(
    neverChanges,
    () => window.location.origin,
    () => origin,
  );
  return (
    <>
      <CopyList className={styles.commands} items={gateCommands(here, eventType, hour)} />
      <p className={styles.more}>
        Luigi, Dagster, dbt, cron, and notifications of amendments: <a href="/docs/consumers">waiting for hours</a>.
      </p>
    </>
  );
}
