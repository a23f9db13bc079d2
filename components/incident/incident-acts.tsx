"use client";

import { Button } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import {
  IconAlarmSnooze,
  IconBellOff,
  IconCheck,
  IconCircleCheck,
  IconMessagePlus,
  IconUserPlus,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay } from "#components/access/use-may.ts";
import { incidentMatchers, silenceHref } from "#components/alerts/incident-matchers.ts";
import { queries } from "#components/api/queries.ts";
import { Refusal } from "#components/ui/refusal.tsx";
import { isTyping, useSingleKeys } from "#components/ui/single-keys.ts";
import { toast } from "#components/ui/toast.ts";
import type { IncidentJson } from "#domain/api/alerts.ts";
import { type Act, actOn, doneText } from "./act-on.ts";
import { AssignForm } from "./assign-form.tsx";
import styles from "./incident.module.css";
import { NoteForm } from "./note-form.tsx";

// Its list and calendar are loaded when it is opened.
const SnoozeForm = dynamic(() => import("./snooze-form.tsx").then((form) => form.SnoozeForm));

type Panel = "assign" | "note" | "snooze";
const icon = { size: 18, stroke: 1.75, "aria-hidden": true } as const;

/**
 * The acts on an incident: icons with labels, each act's fields below them. Messages link to #acknowledge and #silence:
 * both anchors exist whether or not the visitor is signed in.
 */
export function IncidentActs({ incident, asOf }: { incident: IncidentJson; asOf: string }) {
  const may = useMay("respond");
  const router = useRouter();
  const client = useQueryClient();
  const [panel, setPanel] = useState<Panel | null>(null);
  const mutation = useMutation({
    mutationFn: (act: Act) => actOn(incident.id, act),
    onSuccess: (after, act) => {
      toast({ message: doneText(act) });
      client.setQueryData(queries.incident(incident.id).queryKey, after);
      setPanel(null);
    },
  });
  const { mutate, isPending } = mutation;
  const isOpen = incident.state !== "resolved";
  const canAcknowledge = may === true && incident.state === "open";
  const silence = silenceHref(incidentMatchers(incident));
  useActKey("e", canAcknowledge, () => mutate({ name: "acknowledge" }));
  useActKey("s", true, () => router.push(silence));
  const { acknowledge, silenceIt } = useLandedFocus();
  const toggle = (which: Panel) => ({
    "aria-expanded": panel === which,
    onClick: () => setPanel(panel === which ? null : which),
  });

  return (
    <section className={styles.acts} id="acknowledge" aria-label="Respond">
      {may === false && <SignInToAct scope="respond" to="acknowledge, assign, snooze or resolve it, or add a note" />}
      <div className={styles.actRow}>
        {canAcknowledge && (
          <Button
            ref={acknowledge}
            variant="filled"
            className={styles.act}
            aria-label="Acknowledge"
            onClick={() => mutate({ name: "acknowledge" })}
            disabled={isPending}
          >
            <ActLabel
              icon={<IconCheck {...icon} />}
              text={
                <>
                  Ack<span className={styles.restOfWord}>nowledge</span>
                </>
              }
              hint="e"
            />
          </Button>
        )}
        {may && isOpen && (
          <Button className={styles.act} {...toggle("assign")}>
            <ActLabel icon={<IconUserPlus {...icon} />} text="Assign" />
          </Button>
        )}
        {may && isOpen && (
          <Button className={styles.act} {...toggle("snooze")}>
            <ActLabel
              icon={<IconAlarmSnooze {...icon} />}
              text={incident.snoozedUntil === null ? "Snooze" : "Snoozed"}
            />
          </Button>
        )}
        <Button component={Link} ref={silenceIt} id="silence" href={silence} prefetch={false} className={styles.act}>
          <ActLabel icon={<IconBellOff {...icon} />} text="Silence" hint="s" />
        </Button>
        {may && (
          <Button className={styles.act} {...toggle("note")}>
            <ActLabel icon={<IconMessagePlus {...icon} />} text="Note" />
          </Button>
        )}
        {may && isOpen && (
          <Button className={styles.act} onClick={() => mutate({ name: "resolve" })} disabled={isPending}>
            <ActLabel icon={<IconCircleCheck {...icon} />} text="Resolve" />
          </Button>
        )}
      </div>
      {panel === "assign" && <AssignForm assignee={incident.assignee} busy={isPending} onAct={mutate} />}
      {panel === "snooze" && <SnoozeForm incident={incident} asOf={asOf} busy={isPending} onAct={mutate} />}
      {panel === "note" && <NoteForm busy={isPending} onAct={mutate} />}
      <Refusal error={mutation.error} />
    </section>
  );
}

/** `hint`: its key, hidden where there is no keyboard. */
function ActLabel({ icon: drawn, text, hint }: { icon: ReactNode; text: ReactNode; hint?: string }) {
  return (
    <span className={styles.actLabel}>
      {drawn}
      <span>{text}</span>
      {hint && <kbd>{hint}</kbd>}
    </span>
  );
}

/** From a message's link the matching button gets the focus, so that Enter presses it; once, then focus moves freely. */
function useLandedFocus() {
  const acknowledge = useRef<HTMLButtonElement>(null);
  const silenceIt = useRef<HTMLAnchorElement>(null);
  const landed = useRef(false);
  useEffect(() => {
    const target = { "#silence": silenceIt, "#acknowledge": acknowledge }[window.location.hash]?.current;
    if (!target || landed.current) return;
    landed.current = true;
    target.focus();
  });
  return { acknowledge, silenceIt };
}

/** A single key that acts on the incident, unless single keys are turned off or someone types. */
function useActKey(key: "e" | "s", enabled: boolean, act: () => void): void {
  const singleKeys = useSingleKeys();
  useWindowEvent("keydown", (event) => {
    if (!enabled || !singleKeys || event.key !== key || isTyping(event)) return;
    event.preventDefault();
    act();
  });
}
