import { chooseScheme } from "#components/ui/color-scheme.ts";
import { chooseZone } from "#components/ui/time-zone.ts";

/** Actions available from anywhere, by the words people would type. */
export interface Action {
  name: string;
  detail: string;
  /** The page where it is done, or a function that does it at once. */
  act: string | (() => void);
}

export const actions: readonly Action[] = [
  { name: "Silence alerts", detail: "with a reason and an end", act: "/alerts/silences" },
  { name: "New alert rule", detail: "tried on past hours first", act: "/alerts/new-rule" },
  { name: "New channel", detail: "where pages and mails go", act: "/alerts/new-channel" },
  { name: "Is a day ready?", detail: "every hour of a day, of several types", act: "/ready" },
  { name: "Register a consumer", detail: "who depends on hours, and whom to call", act: "/consumers#register" },
  { name: "New webhook", detail: "tells a job when it may read", act: "/consumers/new-webhook" },
  { name: "Times in UTC", detail: "as hours are named", act: () => chooseZone("utc") },
  { name: "Times in local time", detail: "your browser's zone", act: () => chooseZone("local") },
  { name: "Colours: light", detail: "in this browser", act: () => chooseScheme("light") },
  { name: "Colours: dark", detail: "in this browser", act: () => chooseScheme("dark") },
  { name: "Colours: system", detail: "as the system has them", act: () => chooseScheme("auto") },
];
