import { expect, test } from "vitest";
import { situationForTest } from "#test/situation.ts";
import type { IncidentJson } from "../api/alerts.ts";
import { escapeMarkdown, quoteMarkdown } from "./escape-markdown.ts";
import { writePostMortem } from "./write-post-mortem.ts";

const situation = situationForTest();
const incident = (part: Partial<IncidentJson> = {}) =>
  ({
    id: "17",
    title: situation.title,
    severity: "page",
    state: "resolved",
    situation: {
      ...situation,
      cause: {
        ...situation.cause,
        evidence: [
          {
            code: "silence",
            figure: 3600,
            unit: "seconds",
            of: null,
            asOf: "2026-11-23T02:02:03Z",
            fact: "silent for 60 min",
          },
        ],
      },
      impact: { ...situation.impact, lost: 30, produced: 900, missedDeadlines: 2 },
      deployed: [
        {
          id: "4",
          component: "exporter",
          version: "4.2.1",
          datacenter: "ams",
          deployedAt: "2026-11-23T00:50:00Z",
          deployedBy: "release-train",
        },
      ],
    },
    since: "2026-11-23T01:02:03Z",
    openedAt: "2026-11-23T01:04:00Z",
    acknowledgedAt: "2026-11-23T01:05:00Z",
    acknowledgedBy: "mira",
    assignee: null,
    resolvedAt: "2026-11-23T03:02:03Z",
    resolvedBy: null,
    affectedHours: 1,
    hours: [
      {
        eventType: "EndSong",
        hour: "2026-11-23T00",
        state: "incomplete",
        accepted: null,
        recoveredAt: "2026-11-23T03:00:00Z",
        lost: 30,
        duplicated: 0,
        deadlineMet: false,
      },
    ],
    timeline: [
      { id: "1", at: "2026-11-23T01:04:00Z", kind: "opened", actor: "tidemark", message: "ams is silent", detail: {} },
      {
        id: "2",
        at: "2026-11-23T01:30:00Z",
        kind: "note",
        actor: "mira",
        message: "Host down.\nSee https://w.example/a_b",
        detail: {},
      },
    ],
    deliveries: [
      {
        id: "9",
        channel: "on-call",
        kind: "notify",
        state: "sent",
        createdAt: "2026-11-23T01:04:01Z",
        sentAt: "2026-11-23T01:04:02Z",
        attempts: 1,
      },
    ],
    ...part,
  }) as unknown as IncidentJson;

test("a post-mortem has what the record says, each part under its heading, with times in UTC", () => {
  const written = writePostMortem(incident());
  const headings = written.split("\n").filter((line) => /^##? /.test(line));
  expect(headings).toEqual([
    "# ams is silent",
    "## Summary",
    "## Impact",
    "## Likely cause",
    "## Deployed around the onset",
    "## Recovery",
    "## Timeline",
    "## Notifications",
    "## Notes",
    "## Open questions",
  ]);
  for (const line of [
    situation.sentence,
    "| began (known by silence) | 2026-11-23 01:02:03 |",
    "| acknowledged by mira | 2026-11-23 01:05:00 |",
    "| missed deadlines | 2 |",
    "| lost events | 30 of 900 |",
    "| EndSong | 2026-11-23T00 | incomplete | closed with loss | 30 | 0 | missed |",
    "| royalties | royalties@example.com | 12 hours |",
    "| silent for 60 min | 2026-11-23 02:02:03 |",
    "| 2026-11-23 00:50:00 | exporter 4.2.1 | ams | release-train |",
    "Over at 2026-11-23 03:02:03, after 2 h 00 min.",
    "| 2026-11-23 01:04:00 | tidemark | ams is silent |",
    "| 2026-11-23 01:04:01 | on-call | notify | sent | 2026-11-23 01:04:02 |",
    "> Host down.  \n> See https://w.example/a\\_b",
    "### What was the root cause?",
  ])
    expect(written).toContain(line);
});

test("one that goes on says so, and what did not happen is a dash", () => {
  const written = writePostMortem(
    incident({ state: "open", resolvedAt: null, acknowledgedAt: null, acknowledgedBy: null }),
  );
  expect(written).toContain("Not over: ongoing since 2026-11-23 01:04:00. No recovery is expected yet.");
  expect(written).toContain("| acknowledged | – |");
});

test("hostile names and notes stay text: no markup, no HTML, no cell or line of their own", () => {
  const hostile = "x | y\n# Heading\n<script>alert(1)</script> [a](javascript:alert(1)) **b** `c`";
  const written = writePostMortem(
    incident({
      title: hostile,
      timeline: [{ id: "1", at: "2026-11-23T01:04:00Z", kind: "note", actor: hostile, message: hostile, detail: {} }],
    }),
  );
  expect(written).not.toContain("<script>");
  expect(written).not.toContain("[a](javascript");
  expect(written).not.toMatch(/^# Heading/m);
  expect(written).toContain("x \\| y \\# Heading &lt;script&gt;");
  const rows = written.split("\n").filter((line) => line.startsWith("| 2026-11-23 01:04:00"));
  expect(rows.every((row) => row.split(/(?<!\\)\|/).length === 5)).toBe(true);
});

test("a line that would begin a list or a rule is escaped", () => {
  expect(escapeMarkdown("- item")).toBe("\\- item");
  expect(escapeMarkdown("1. item")).toBe("\\1. item");
  expect(quoteMarkdown("a\r\n\u2028- b")).toBe("> a  \n>  \n> \\- b");
});
