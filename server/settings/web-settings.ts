import { z } from "zod";
import { setting } from "./setting-notes.ts";
import {
  count,
  matching,
  optional,
  readAs,
  readDrain,
  readEgress,
  readHosts,
  readHttpUrl,
  readNetworks,
  readPublicUrl,
} from "./setting-readers.ts";

/** Addresses of the pages, the API and for the command line, and access to them. */
export const webSettings = {
  PORT: setting(readAs(count(1, 65_535)).default(3000), {
    description: "The port of the pages and the API.",
    expected: "a port number from 1 to 65535",
    unset: "3000",
  }),
  HOST: setting(readAs(matching(/^[\w.:-]+$/)).default("127.0.0.1"), {
    description:
      "The address that the pages and the API listen on. `0.0.0.0` accepts connections from other machines: put a TLS proxy in front, and see TIDEMARK_DASHBOARD.",
    expected: "a host name or address such as 127.0.0.1 or 0.0.0.0",
    unset: "127.0.0.1: only this machine",
  }),
  TIDEMARK_PUBLIC_URL: setting(optional(readPublicUrl), {
    description:
      "The URL at which people reach the pages. Links in notifications begin with it. With https, browsers send the session cookie over TLS only. With a path, everything is below it, and the pages are built for it at the next start ([behind a proxy](operating.md#behind-a-reverse-proxy)).",
    expected: "a URL such as https://tidemark.example.com or https://example.com/tidemark",
    unset: "http:// with HOST and PORT, which works only on this machine",
  }),
  TIDEMARK_ALLOWED_HOSTS: setting(readAs(readHosts).default([]), {
    description:
      "More names by which browsers and programs may reach the pages and the API, such as the name of a service in a cluster. A request whose `Host` is none of them is answered 421, so that a page elsewhere cannot read the dashboard by letting its own name resolve to this machine. Health probes and API calls with a token pass under any name.",
    expected: "names separated by commas such as tidemark,*.example.com; * for any",
    unset:
      "this machine's loopback names, HOST and the host of TIDEMARK_PUBLIC_URL; if HOST is 0.0.0.0 or ::, the machine's own name and addresses too",
  }),
  TIDEMARK_TRUSTED_PROXIES: setting(readAs(readNetworks).default([]), {
    description:
      "The proxies and load balancers in front, whose `X-Forwarded-For` is believed. Failed attempts to sign in, requests without a token and open streams are limited by address: behind a proxy that is not named here, all callers share its address.",
    expected: "addresses and networks separated by commas such as 10.0.0.0/8,127.0.0.1",
    unset: "none: a caller's address is that of its connection",
  }),
  TIDEMARK_DASHBOARD: setting(z.enum(["open", "private"]).default("private"), {
    description: "Who may read the pages: `open`, every visitor; `private`, only those who sign in.",
    expected: "open or private",
    unset: "private (`npm run demo`, while only this machine reaches it: open)",
  }),
  TIDEMARK_DRAIN: setting(readAs(readDrain).default(0), {
    description:
      "How long a web process that is to end keeps accepting requests while `/readyz` answers 503: as long as your load balancer needs to notice. Then it accepts no more, answers what it has, and ends ([more than one machine](machines.md#several-web-processes)).",
    expected: "a duration of up to 5m such as 10s",
    unset: "0s: for proxies that try another server by themselves, as nginx does",
  }),
  TIDEMARK_EGRESS: setting(optional(readEgress), {
    description:
      "Where notifications, webhooks and mail may be sent. `public` and `private` are whole classes of addresses; everything else is listed by host or network. Names are checked by the addresses that they resolve to. To a private address a webhook also needs its own `allowPrivate`. Other destinations are refused when a channel or webhook is written, and again on sending.",
    expected: "a list such as public,smtp.internal,*.corp.example.com,10.2.0.0/16",
    unset:
      "public,private while only this machine reaches Tidemark: HOST and the host of TIDEMARK_PUBLIC_URL are loopback addresses, and TIDEMARK_TRUSTED_PROXIES is unset. Else public",
  }),
  TIDEMARK_RATE_LIMIT: setting(readAs(count(0, 1_000_000_000)).default(60_000), {
    description:
      "How many requests a minute each token may make, and each address without a token, in each web process. Events (`POST /api/v1/events`) do not count; a request held at the gate counts once. Requests beyond are answered 429.",
    expected: "a number of requests such as 60000; 0: no limit",
    unset: "60000",
  }),
  TIDEMARK_METRICS_EVENT_TYPES: setting(optional(count(0, 2_000)), {
    description:
      "How many event types `/metrics` shows, those at greatest risk first: closing delay, completeness, lag and probability of a breach of each, and the same with the backlog of each of their datacenters, up to 10,000 pairs. Each type costs about 5 series, and 5 more for each datacenter. `0`: only what all types and datacenters amount to. `tidemark_metrics_left_out` says how many are not shown.",
    expected: "a number of event types from 0 to 2000",
    unset: "`/metrics` is about Tidemark itself only",
  }),
  TIDEMARK_EXCUSES_NEED_APPROVAL: setting(z.enum(["yes", "no"]).default("no"), {
    description:
      "Whether excused hours count until a second person approves the excuse: `yes` or `no`. Its author cannot approve it.",
    expected: "yes or no",
    unset: "no",
  }),
  TIDEMARK_ADMIN_TOKEN: setting(optional(matching(/^[\x21-\x7e]+$/)), {
    description: "A token with every scope, for first use and automation.",
    expected:
      "32 or more random characters without spaces; fewer only while this machine alone reaches Tidemark, as TIDEMARK_EGRESS defines it",
    unset: "one is created and kept in TIDEMARK_DATA_DIR/admin-token, readable only by its owner",
    secret: true,
  }),
  TIDEMARK_URL: setting(optional(readHttpUrl), {
    description: "For the command line: the URL of Tidemark.",
    expected: "a URL such as http://127.0.0.1:3000",
    unset: "the Tidemark that runs in TIDEMARK_DATA_DIR, else http://127.0.0.1:3000",
  }),
  TIDEMARK_CHROMIUM: setting(optional(matching(/^\/.+$/)), {
    description: "For the command line: the Chromium or Chrome that prints PDFs.",
    expected: "a path such as /usr/bin/chromium",
    unset: "the one on the PATH",
  }),
  TIDEMARK_TOKEN: setting(optional(matching(/^[\x21-\x7e]+$/)), {
    description: "For the command line: the API token to use.",
    expected: "a token, as `npx tidemark token` prints it",
    unset: "the admin token of the Tidemark that runs in TIDEMARK_DATA_DIR",
    secret: true,
  }),
};
