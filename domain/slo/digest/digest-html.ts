import type { SloDigestJson } from "../../api/slo-digest.ts";
import { escapeHtml } from "../../html.ts";
import type { SloStatus } from "../attainment.ts";
import { dayName, statusWords } from "../slo-words.ts";
import { incidentUrl, reasonText, reportUrl } from "./digest-links.ts";
import { incidentText } from "./digest-text.ts";

/*
 * Mail programs keep little of a page: no scripts, no style sheets, no pictures from elsewhere, and dark ones change colours as
 * they like. So every style is inline, no text has a colour of its own, and what is tinted is see-through: it reads on white
 * and on black. A status is a word first and a tint second.
 */
const tints: Record<SloStatus, string> = {
  kept: "rgba(34,160,90,.20)",
  at_risk: "rgba(214,150,20,.28)",
  missed: "rgba(222,60,60,.28)",
  unknown: "rgba(140,110,220,.28)",
  no_objective: "rgba(128,128,128,.18)",
  no_data: "rgba(128,128,128,.18)",
};

const line = "1px solid rgba(128,128,128,.35)";
const styles = {
  body: "margin:0;padding:16px;font:15px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif",
  frame: "max-width:680px;margin:0 auto",
  title: "font-size:21px;line-height:1.3;margin:0 0 2px",
  quiet: "font-size:13px;opacity:.8;margin:0 0 14px",
  answer: "font-size:17px;line-height:1.45;margin:0 0 14px",
  button: `display:inline-block;padding:8px 14px;border:${line};border-radius:6px;font-weight:600`,
  heading: `font-size:15px;margin:26px 0 8px;padding-top:14px;border-top:${line}`,
  table: "border-collapse:collapse;width:100%;font-size:14px",
  head: "text-align:left;font-size:12px;font-weight:600;opacity:.8;padding:4px 8px 4px 0;vertical-align:bottom",
  cell: `text-align:left;font-weight:400;padding:7px 8px 7px 0;border-top:${line};vertical-align:top;overflow-wrap:anywhere`,
  small: "display:block;font-size:12px;opacity:.8",
  item: "margin:0 0 8px;overflow-wrap:anywhere",
  list: "margin:4px 0 0;padding-left:20px",
  foot: `font-size:12px;opacity:.8;margin:26px 0 0;padding-top:12px;border-top:${line}`,
};

/** The digest as the HTML part of a mail, or as a page of its own. */
export function digestHtml(digest: SloDigestJson, publicUrl: string): string {
  const { incidents, previous } = digest;
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escapeHtml(digest.subject)}</title></head>`,
    `<body style="color-scheme:light dark;${styles.body}"><div style="${styles.frame}">`,
    `<h1 style="${styles.title}">${escapeHtml(digest.title)}</h1>`,
    `<p style="${styles.quiet}">${escapeHtml(digest.standing)}</p>`,
    `<p style="${styles.answer}">${escapeHtml(digest.answer)}</p>`,
    `<p style="margin:0">${link(reportUrl(digest, publicUrl), "See the whole report", styles.button)}</p>`,
    section(previous ? `Promises, against ${previous}` : "Promises", promiseTable(digest.promises)),
    section("Tiers", groupTable("Tier", digest.tiers)),
    section(
      "Owners",
      groupTable("Owner", digest.owners) +
        (digest.moreOwners > 0 ? `<p style="${styles.quiet}">and ${digest.moreOwners} more owners</p>` : ""),
    ),
    section("The worst types, and what broke them", digest.worst.map(worstItem).join("")),
    section("What held hours up, and lost events", paragraphs(digest.causes)),
    section(
      "Incidents",
      paragraphs([incidents.sentence]) +
        incidents.items
          .map(
            (incident) =>
              `<p style="${styles.item}">${link(incidentUrl(incident.id, publicUrl), incident.title)} ` +
              `<span style="${styles.small}">${escapeHtml(`${dayName(incident.openedAt)}: ${incidentText(incident)}`)}</span></p>`,
          )
          .join("") +
        (incidents.more > 0 && incidents.items.length > 0 ? paragraphs([`and ${incidents.more} more`]) : ""),
    ),
    section(
      "Changed since it was frozen",
      paragraphs([...digest.restatements, ...(digest.moreRestatements ? ["and more, on the page"] : [])]),
    ),
    section("Excused hours", paragraphs(digest.excuses)),
    `<p style="${styles.foot}">${escapeHtml(reasonText(digest))}</p>`,
    "</div></body></html>",
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function section(title: string, content: string): string {
  return content === "" ? "" : `<h2 style="${styles.heading}">${escapeHtml(title)}</h2>${content}`;
}

function paragraphs(texts: readonly string[]): string {
  return texts.map((text) => `<p style="${styles.item}">${escapeHtml(text)}</p>`).join("");
}

function link(url: string, text: string, style = ""): string {
  // A link keeps the colour that the mail program gives to links: that one is readable there.
  return `<a href="${escapeHtml(url)}"${style && ` style="${style}"`}>${escapeHtml(text)}</a>`;
}

function mark(status: SloStatus): string {
  const style = `background:${tints[status]};border-radius:4px;padding:1px 6px;font-size:13px;white-space:nowrap`;
  return `<span style="${style}">${escapeHtml(statusWords[status])}</span>`;
}

function promiseTable(promises: SloDigestJson["promises"]): string {
  const rows = promises.map(({ title, attained, objective, status, bad, budget, before }) => [
    `<strong>${escapeHtml(title)}</strong>`,
    `<strong style="font-size:17px">${figure(attained)}</strong>${before === null ? "" : small(before)}`,
    `${objective === null ? "" : `${figure(objective)} `}${mark(status)}`,
    `${escapeHtml(bad)}${budget === null ? "" : small(budget)}`,
  ]);
  return table(["Measure", "Attained", "Objective", "What went wrong"], rows);
}

function groupTable(noun: string, groups: SloDigestJson["tiers"]): string {
  const rows = groups.map((group) => [
    `${escapeHtml(group.name)}${small(`${group.types} ${group.types === 1 ? "type" : "types"}`)}`,
    `${figure(group.onTime)}${group.before === null ? "" : small(group.before)}`,
    `${group.objective === null ? "" : `${figure(group.objective)} `}${mark(group.status)}`,
    figure(group.complete),
    figure(group.inTheirHour),
  ]);
  return rows.length === 0 ? "" : table([noun, "On time", "Objective", "Complete", "In their hour"], rows);
}

function worstItem({ name, whose, figures, status, causes }: SloDigestJson["worst"][number]): string {
  const list = causes.map((cause) => `<li>${escapeHtml(cause)}</li>`).join("");
  return (
    `<div style="${styles.item}"><strong>${escapeHtml(name)}</strong> ${mark(status)}` +
    `${small(`${whose}. ${figures}`)}${list && `<ul style="${styles.list}">${list}</ul>`}</div>`
  );
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((text) => `<th scope="col" style="${styles.head}">${escapeHtml(text)}</th>`).join("");
  const body = rows.map((cells) => {
    const [first = "", ...others] = cells;
    const name = `<th scope="row" style="${styles.cell}">${first}</th>`;
    return `<tr>${name}${others.map((cell) => `<td style="${styles.cell}">${cell}</td>`).join("")}</tr>`;
  });
  return `<table style="${styles.table}"><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}

function small(text: string): string {
  return `<span style="${styles.small}">${escapeHtml(text)}</span>`;
}

/** A figure and its percent sign stay on one line. */
function figure(text: string | null): string {
  return text === null ? "–" : escapeHtml(text).replaceAll(" ", "&nbsp;");
}
