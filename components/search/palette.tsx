"use client";

import "#components/ui/modal.css";
import "@mantine/spotlight/styles.layer.css";
import { useMantineColorScheme } from "@mantine/core";
import { Spotlight, spotlight } from "@mantine/spotlight";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { alertTabs } from "#components/alerts/alert-tabs.tsx";
import { alertSearch, openSearch } from "#components/alerts/open-search.ts";
import { queries } from "#components/api/queries.ts";
import { confirmLeave } from "#components/forms/use-unsaved-guard.ts";
import { places } from "#components/ui/places.ts";
import { actions } from "./actions.ts";
import { findResults, type SearchIndex } from "./find-results.ts";
import styles from "./search.module.css";

const kinds = {
  hour: "Hours",
  type: "Event types",
  day: "Days",
  incident: "Incidents",
  alert: "Alerts",
  datacenter: "Datacenters",
  page: "Pages",
  action: "Actions",
};
const pages = [
  ...places.map(({ href, name }) => ({ href, name })),
  ...alertTabs.slice(1).map(({ href, name }) => ({ href, name: `Alerts: ${name}` })),
  { href: "/api/docs", name: "The HTTP API" },
];

/** Finds types, hours, incidents, alerts, datacenters, pages and actions by typing. Its data is fetched when it opens. */
export default function Palette({ asked }: { asked: number }) {
  const router = useRouter();
  const { setColorScheme: scheme } = useMantineColorScheme();
  const [text, setText] = useState("");
  const known = { refetchInterval: 60_000 };
  const types = useQuery({ ...queries.eventTypes(), ...known });
  const datacenters = useQuery({ ...queries.datacenters(), ...known });
  const incidents = useQuery({ ...queries.incidents(openSearch), ...known });
  const alerts = useQuery({ ...queries.alerts(alertSearch), ...known });
  const status = useQuery({ ...queries.status(), enabled: false });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it opens on every request.
  useEffect(() => spotlight.open(), [asked]);
  const index: SearchIndex = {
    types: types.data?.items ?? [],
    datacenters: datacenters.data?.items ?? [],
    incidents: incidents.data?.items ?? [],
    alerts: alerts.data?.items ?? [],
    pages,
    actions,
  };
  // "Yesterday" is in the product's time: a drill runs on another day.
  const results = findResults(index, text, new Date(status.data?.now ?? Date.now()));
  const list = useRef<HTMLDivElement>(null);
  // Spotlight selects the first result on each keystroke; results that load later are selected here, for Enter to open.
  useEffect(() => {
    if (text === "" || !list.current || list.current.querySelector("[data-selected]")) return;
    list.current.querySelector("button")?.setAttribute("data-selected", "true");
  });
  return (
    <Spotlight.Root
      shortcut={null}
      query={text}
      onQueryChange={setText}
      scrollable
      maxHeight={420}
      attributes={{ content: { "aria-label": "Go to" } }}
    >
      <Spotlight.Search
        placeholder="A type, an hour (“EndSong 13:00 yesterday”), an incident, a datacenter, an action"
        aria-label="Go to"
      />
      <Spotlight.ActionsList ref={list}>
        {Object.entries(kinds).map(([kind, title]) => {
          const found = results.filter((result) => result.kind === kind);
          return (
            found.length > 0 && (
              <Spotlight.ActionsGroup key={kind} label={title}>
                {found.map(({ act, label, detail }) => (
                  <Spotlight.Action
                    key={typeof act === "string" ? act : label}
                    onClick={() => {
                      if (typeof act !== "string") act({ scheme });
                      else if (confirmLeave()) router.push(act);
                    }}
                    className={styles.action ?? ""}
                  >
                    <span>{label}</span>
                    <span className={styles.detail}>{detail}</span>
                  </Spotlight.Action>
                ))}
              </Spotlight.ActionsGroup>
            )
          );
        })}
        {results.length === 0 && (
          <Spotlight.Empty>
            {types.isPending
              ? "Loading the catalogue…"
              : `No results for “${text}”. Search for names, hours, incidents, datacenters or actions.`}
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
