import { z } from "zod";
import { readEgress } from "./read-egress.ts";
import { notes } from "./setting-notes.ts";
import { count, matching, optional, readAs, readHttpUrl } from "./setting-readers.ts";

/** Addresses of the pages, the API and for the command line, and access to them. */
export const webSettings = {
  PORT: readAs(count(1, 65_535))
    .default(3000)
    .meta(
      notes({
        description: "The port of the pages and the API.",
        expected: "a port number from 1 to 65535",
        unset: "3000",
      }),
    ),
  HOST: readAs(matching(/^[\w.:-]+$/))
    .default("127.0.0.1")
    .meta(
      notes({
        description:
          "The address that the pages and the API listen on. `0.0.0.0` accepts connections from other machines: put a TLS proxy in front, and see TIDEMARK_DASHBOARD.",
        expected: "a host name or address such as 127.0.0.1 or 0.0.0.0",
        unset: "127.0.0.1: only this machine",
      }),
    ),
  TIDEMARK_PUBLIC_URL: optional(readHttpUrl).meta(
    notes({
      description: "The URL at which people reach the pages. Links in notifications begin with it.",
      expected: "a URL such as https://tidemark.example.com",
      unset: "http:// with HOST and PORT, which works only on this machine",
    }),
  ),
  TIDEMARK_DASHBOARD: z
    .enum(["open", "private"])
    .default("open")
    .meta(
      notes({
        description: "Who may read the pages: `open`, every visitor; `private`, only those who sign in with a token.",
        expected: "open or private",
        unset: "open",
      }),
    ),
  TIDEMARK_EGRESS: optional(readEgress).meta(
    notes({
      description:
        "Where notifications, webhooks and mail may be sent. `public` and `private` are whole classes of addresses; everything else is listed by host or network. Names are checked by the addresses that they resolve to. To a private address a webhook also needs its own `allowPrivate`. Other destinations are refused when a channel or webhook is written, and again on sending.",
      expected: "a list such as public,smtp.internal,*.corp.example.com,10.2.0.0/16",
      unset: "public,private while HOST is a loopback address, else public",
    }),
  ),
  TIDEMARK_EXCUSES_NEED_APPROVAL: z
    .enum(["yes", "no"])
    .default("no")
    .meta(
      notes({
        description:
          "Whether excused hours count until a second person approves the excuse: `yes` or `no`. Its author cannot approve it.",
        expected: "yes or no",
        unset: "no",
      }),
    ),
  TIDEMARK_ADMIN_TOKEN: optional(matching(/^[\x21-\x7e]+$/)).meta(
    notes({
      description: "A token with every scope, for first use and automation.",
      expected: "characters without spaces, 32 or more random ones if others can reach this machine",
      unset: "one is created and kept in TIDEMARK_DATA_DIR/admin-token, readable only by its owner",
      secret: true,
    }),
  ),
  TIDEMARK_URL: optional(readHttpUrl).meta(
    notes({
      description: "For the command line: the URL of Tidemark.",
      expected: "a URL such as http://127.0.0.1:3000",
      unset: "the Tidemark that runs in TIDEMARK_DATA_DIR, else http://127.0.0.1:3000",
    }),
  ),
  TIDEMARK_CHROMIUM: optional(matching(/^\/.+$/)).meta(
    notes({
      description: "For the command line: the Chromium or Chrome that prints PDFs.",
      expected: "a path such as /usr/bin/chromium",
      unset: "the one on the PATH",
    }),
  ),
  TIDEMARK_TOKEN: optional(matching(/^[\x21-\x7e]+$/)).meta(
    notes({
      description: "For the command line: the API token to use.",
      expected: "a token, as `npx tidemark token` prints it",
      unset: "the admin token of the Tidemark that runs in TIDEMARK_DATA_DIR",
      secret: true,
    }),
  ),
};
