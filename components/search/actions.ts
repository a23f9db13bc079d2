import type { MantineColorScheme } from "@mantine/core";
import { chooseZone } from "#components/ui/time-zone.ts";

/** Actions available from anywhere, by the words people would type. */
export interface Action {
  name: string;
  detail: string;
  /** The page where it is done, or a function that does it at once. */
  act: string | ((choose: { scheme: (scheme: MantineColorScheme) => void }) => void);
}

export const actions: readonly Action[] = [
  { name: "Silence alerts", detail: "with a reason and an end time", act: "/alerts/silences" },
  { name: "New alert rule", detail: "with a backtest on past hours", act: "/alerts/new-rule" },
  { name: "New channel", detail: "a target for notifications", act: "/alerts/new-channel" },
  { name: "Who is on call", detail: "now and next, and overrides", act: "/alerts/on-call" },
  { name: "Is a day ready?", detail: "every hour of a day, of several types", act: "/ready" },
  { name: "Register a consumer", detail: "a job that reads hours, and its contact", act: "/consumers#register" },
  { name: "New webhook", detail: "notifies a job when hours are ready", act: "/consumers/new-webhook" },
  { name: "New source", detail: "Cloud Monitoring, Kafka, stores and warehouses", act: "/new-source" },
  { name: "New deployment hook", detail: "GitHub, GitLab, Argo CD or Spinnaker", act: "/deployments/new-hook" },
  { name: "Audit log", detail: "who changed what, for administrators", act: "/audit" },
  { name: "Times in UTC", detail: "as in hour names", act: () => chooseZone("utc") },
  { name: "Times in local time", detail: "your browser's zone", act: () => chooseZone("local") },
  { name: "Colours: light", detail: "in this browser", act: ({ scheme }) => scheme("light") },
  { name: "Colours: dark", detail: "in this browser", act: ({ scheme }) => scheme("dark") },
  { name: "Colours: system", detail: "as set in the system", act: ({ scheme }) => scheme("auto") },
];
