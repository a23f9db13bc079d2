"use client";

import { Button } from "@mantine/core";
import { IconBook2, IconFileText, IconLink } from "@tabler/icons-react";
import { withBase } from "#components/api/base-path.ts";
import { copyText } from "#components/ui/copy-text.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import { toast } from "#components/ui/toast.ts";
import { useOrigin } from "#components/ui/use-origin.ts";
import type { IncidentJson } from "#domain/api/alerts.ts";
import styles from "./incident.module.css";

/** Where to read on, and how to pass it on. */
export function IncidentLinks({ incident }: { incident: IncidentJson }) {
  const origin = useOrigin();
  const runbooks = [...new Map(incident.alerts.flatMap(({ rule, runbook }) => (runbook ? [[runbook, rule]] : [])))];
  async function copy() {
    const link = `${origin}/alerts/incidents/${incident.id}${window.location.search}`;
    toast({ message: (await copyText(link)) ? "Link copied." : `Couldn’t copy. The link is ${link}` });
  }
  return (
    <Section id="links" title="Links">
      <ul className={styles.rows}>
        {runbooks.map(([runbook, rule]) => (
          <li key={runbook}>
            <a href={withBase(runbook)}>
              <IconBook2 size={16} stroke={1.75} aria-hidden="true" /> Runbook of {rule}
            </a>
          </li>
        ))}
      </ul>
      <div className={page.row}>
        <Button leftSection={<IconLink size={16} stroke={1.75} aria-hidden="true" />} onClick={() => void copy()}>
          Copy link
        </Button>
        <Button
          component="a"
          href={withBase(`/api/v1/incidents/${incident.id}/postmortem.md`)}
          download={`incident-${incident.id}-post-mortem.md`}
          leftSection={<IconFileText size={16} stroke={1.75} aria-hidden="true" />}
        >
          Export post-mortem
        </Button>
      </div>
    </Section>
  );
}
