"use client";

import { ActionIcon } from "@mantine/core";
import { IconBell, IconBellRinging } from "@tabler/icons-react";
import { keep, useKept } from "#components/ui/browser-storage.ts";
import { toast } from "#components/ui/toast.ts";
import { IncidentNotices } from "./incident-notices.tsx";

const storageKey = "tidemark-incident-notices";

/** Whether this browser is to say that an incident opened: off unless turned on here. */
export function NoticeSwitch() {
  const isOn = useKept(storageKey) === "on";
  async function toggle() {
    const next = !isOn;
    keep(storageKey, next ? "on" : "off");
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
