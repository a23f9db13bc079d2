"use client";

import { useSyncExternalStore } from "react";
import { CopyLine } from "#components/ui/copy-line.tsx";
import page from "#components/ui/page.module.css";
import { gateCommands } from "./gate-commands.ts";
import styles from "./hour-view.module.css";

const neverChanges = () => () => {};

/** How a job waits for this hour. `origin` is what the server was asked as; the browser knows it better. */
export function UseThisHour({ origin, eventType, hour }: { origin: string; eventType: string; hour: string }) {
  const here = useSyncExternalStore(
    neverChanges,
    () => window.location.origin,
    () => origin,
  );
  return (
    <>
      <dl className={styles.commands}>
        {gateCommands(here, eventType, hour).map(({ title, use, text }) => (
          <div key={title}>
            <dt>
              {title} <span className={page.quiet}>{use}</span>
            </dt>
            <dd>
              <CopyLine text={text} label={title} />
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.more}>
        Luigi, Dagster, dbt, cron, and being told of amendments: <a href="/docs/consumers">waiting for hours</a>.
      </p>
    </>
  );
}
