"use client";

import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay } from "#components/access/use-may.ts";
import { answerOf, api } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { isTyping, useSingleKeys } from "#components/ui/single-keys.ts";
import { toast } from "#components/ui/toast.ts";
import type { IncidentJson } from "#domain/api/alerts.ts";
import styles from "./alerts.module.css";
import { incidentMatchers, silenceHref } from "./incident-matchers.ts";

type Act = "acknowledge" | "note" | "resolve";

const done: Record<Act, string> = { acknowledge: "Acknowledged.", note: "Note added.", resolve: "Resolved." };

function actOn(id: string, act: Act, { note }: { note?: string }) {
  const params = { path: { id } };
  if (act === "note") return answerOf(api.POST("/incidents/{id}/note", { params, body: { note: note ?? "" } }));
  return answerOf(api.POST(`/incidents/{id}/${act}`, { params, body: note === undefined ? {} : { note } }));
}

/**
 * The actions on an incident. On a phone they stay within the thumb's reach. Messages link to #acknowledge and #silence:
 * both anchors exist whether or not the visitor is signed in.
 */
export function IncidentActs({ incident }: { incident: IncidentJson }) {
  const may = useMay("respond");
  const client = useQueryClient();
  const note = useRef<HTMLTextAreaElement>(null);
  const mutation = useMutation({
    mutationFn: ({ act, body }: { act: Act; body: { note?: string } }) => actOn(incident.id, act, body),
    onSuccess: (after, { act: name }) => {
      toast({ message: done[name] });
      client.setQueryData(queries.incident(incident.id).queryKey, after);
      if (note.current) note.current.value = "";
    },
  });
  const act = (name: Act) => {
    const text = note.current?.value.trim() ?? "";
    if (name === "note" && text === "") return note.current?.focus();
    mutation.mutate({ act: name, body: text === "" ? {} : { note: text } });
  };
  const canAcknowledge = may === true && incident.state === "open";
  const router = useRouter();
  const silence = silenceHref(incidentMatchers(incident));
  useKey("e", canAcknowledge, () => act("acknowledge"));
  useKey("s", true, () => router.push(silence));
  const acknowledge = useRef<HTMLButtonElement>(null);
  const silenceIt = useRef<HTMLAnchorElement>(null);
  const landed = useRef(false);
  useEffect(() => {
    // From a message's link the matching button gets the focus, so that Enter presses it; once, then focus moves
    // freely.
    const target = { "#silence": silenceIt, "#acknowledge": acknowledge }[window.location.hash]?.current;
    if (!target || landed.current) return;
    landed.current = true;
    target.focus();
  });

  return (
    <section className={styles.acts} id="acknowledge" aria-label="Respond">
      {may === false && <SignInToAct scope="respond" to="acknowledge or resolve it, or add a note" />}
      {may && <Textarea ref={note} rows={2} maxLength={4096} aria-label="Note" placeholder="Added to the timeline" />}
      <div className={page.row}>
        {canAcknowledge && (
          <Button
            ref={acknowledge}
            variant="filled"
            rightSection={<kbd>e</kbd>}
            onClick={() => act("acknowledge")}
            disabled={mutation.isPending}
          >
            Acknowledge
          </Button>
        )}
        {may && (
          <Button onClick={() => act("note")} disabled={mutation.isPending}>
            Add note
          </Button>
        )}
        <Button
          component={Link}
          ref={silenceIt}
          id="silence"
          href={silence}
          prefetch={false}
          rightSection={<kbd>s</kbd>}
        >
          Silence
        </Button>
        {may && incident.state !== "resolved" && (
          <Button onClick={() => act("resolve")} disabled={mutation.isPending}>
            Resolve
          </Button>
        )}
      </div>
      <Refusal error={mutation.error} />
    </section>
  );
}

function useKey(key: "e" | "s", enabled: boolean, act: () => void): void {
  const singleKeys = useSingleKeys();
  useEffect(() => {
    if (!enabled || !singleKeys) return;
    function onKey(event: KeyboardEvent) {
      if (event.key !== key || isTyping(event)) return;
      event.preventDefault();
      act();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
}
