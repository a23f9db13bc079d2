"use client";

import { ActionIcon } from "@mantine/core";
import { IconBell, IconBellRinging } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { keep, readKept } from "#components/ui/browser-storage.ts";
import { toast } from "#components/ui/toast.ts";
import { IncidentNotices } from "./incident-notices.tsx";

const storageKey = "tidemark-incident-notices";
const changed = "tidemark-incident-notices-changed";

/** Whether this browser is to say that an incident opened: off unless turned on here. */
export function NoticeSwitch() {
  const isOn = useSyncExternalStore(
    subscribe,
    () => readKept(storageKey) === "on",
    () => false,
  );
  async function toggle() {
    const next = !isOn;
    keep(storageKey, next ? "on" : "off");
    window.dispatchEvent(new Event(changed));
    toast({ message: next ? await askText() : "Incident notices are off in this browser." });
  }
  const Icon = isOn ? IconBellRinging : IconBell;
  return (
    <>
      <ActionIcon
        onClick={() => void toggle()}
        aria-pressed={isOn}
        aria-label="Desktop notices of incidents"
        title={`Desktop notices and a count in the tab’s title: ${isOn ? "on" : "off"}`}
      >
        <Icon size={18} stroke={1.75} aria-hidden="true" />
      </ActionIcon>
      {isOn && <IncidentNotices />}
    </>
  );
}

/** Asks the browser, which decides; the count in the title needs no permission. */
async function askText(): Promise<string> {
  if (!("Notification" in window)) return "The tab’s title counts open incidents. This browser has no desktop notices.";
  const permission = await Notification.requestPermission();
  if (permission === "granted") return "Incident notices are on in this browser.";
  return "The tab’s title counts open incidents. The browser blocks desktop notices: allow them for this site.";
}

function subscribe(listener: () => void): () => void {
  for (const event of [changed, "storage"]) window.addEventListener(event, listener);
  return () => {
    for (const event of [changed, "storage"]) window.removeEventListener(event, listener);
  };
}
