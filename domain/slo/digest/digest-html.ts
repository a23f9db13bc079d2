import { html } from "hono/html";
import type { SloDigestJson } from "../../api/slo-digest.ts";
import type { SloStatus } from "../../slo-measures.ts";
import { dayName } from "../slo-words.ts";
import { incidentUrl, reasonText, reportUrl } from "./digest-links.ts";
import { incidentText, partText, statusText } from "./digest-text.ts";

/* Mail programs support little: no scripts, style sheets or remote pictures, and dark modes change colours at will. So every
   style is inline, no text has a colour of its own, and tints are translucent: readable on white and on black. A status is a
   word first and a tint second. */
const tints: Record<SloStatus, string> = {
  met: "rgba(34,160,90,.20)",
  in_progress: "rgba(34,120,180,.18)",
  excused: "rgba(128,128,128,.18)",
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

/** The digest as the HTML part of a mail, or as a standalone page. */
export function digestHtml(digest: SloDigestJson, publicUrl: string): string {
  const { incidents, previous } = digest;
  return String(html`<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${digest.subject}</title></head>
<body style="color-scheme:light dark;${styles.body}"><div role="main" style="${styles.frame}">
<h1 style="${styles.title}">${figures(digest.title)}</h1>
<p style="${styles.quiet}">${figures(digest.standing)}</p>
<p style="${styles.answer}">${figures(digest.answer)}</p>
<p style="margin:0">${link(reportUrl(digest, publicUrl), "View the full report", styles.button)}</p>
${section(previous ? `Objectives, compared with ${previous}` : "Objectives", digest.promises.map(promiseItem))}
${section("Tiers", groupTable("Tier", digest.tiers))}
${section("Owners", [
  ...groupTable("Owner", digest.owners),
  ...(digest.moreOwners > 0 ? [html`<p style="${styles.quiet}">and ${digest.moreOwners} more owners</p>`] : []),
])}
${section("Worst event types, and their causes", digest.worst.map(worstItem))}
${section("Causes of late hours and lost events", paragraphs(digest.causes))}
${section("Incidents", [
  ...paragraphs([incidents.sentence]),
  ...incidents.items.map(
    (incident) => html`<p style="${styles.item}">${link(incidentUrl(incident.id, publicUrl), incident.title)}
${small(`${dayName(incident.openedAt)}: ${incidentText(incident)}`)}</p>`,
  ),
  ...paragraphs(incidents.more > 0 && incidents.items.length > 0 ? [`and ${incidents.more} more`] : []),
])}
${section(
  "Changes since the month was frozen",
  paragraphs([...digest.restatements, ...(digest.moreRestatements ? ["and more in the full report"] : [])]),
)}
${section("Excused hours", paragraphs(digest.excuses))}
<p style="${styles.foot}">${figures(reasonText(digest))}</p>
</div></body></html>`);
}

/** A piece of HTML: what `html` puts into it is escaped, unless it is such a piece itself. */
type Html = ReturnType<typeof html>;

function section(title: string, content: readonly Html[]): Html | null {
  return content.length === 0 ? null : html`<h2 style="${styles.heading}">${figures(title)}</h2>${content}`;
}

function paragraphs(texts: readonly string[]): Html[] {
  return texts.map((text) => html`<p style="${styles.item}">${figures(text)}</p>`);
}

/** Links keep the mail program's own colour, which is readable there. */
function link(url: string, text: string, style = ""): Html {
  return html`<a href="${url}" style="${style}">${figures(text)}</a>`;
}

function mark(status: SloStatus): Html {
  const style = `background:${tints[status] ?? tints.no_data};border-radius:4px;padding:1px 6px;font-size:13px;white-space:nowrap`;
  return html`<span style="${style}">${statusText(status)}</span>`;
}

function promiseItem({
  title,
  attained,
  objective,
  status,
  bad,
  budget,
  before,
  parts = [],
}: SloDigestJson["promises"][number]): Html {
  const against = objective === null ? "" : `objective ${objective} `;
  const details = [before, bad, budget].flatMap((text) =>
    text === null ? [] : `${text[0]?.toUpperCase()}${text.slice(1)}.`,
  );
  const list = parts.map((part) => html`<li>${figures(partText(part))}</li>`);
  return html`<div style="${styles.item}"><strong style="font-size:17px">${figures(`${title} ${attained ?? "–"}`)}</strong>
<span style="white-space:nowrap">${figures(against)}${mark(status)}</span>${small(details.join(" "))}${
    list.length > 0 && html`<ul style="${styles.list}">${list}</ul>`
  }</div>`;
}

/** Three columns, which fit on a phone: less important figures go below the name. */
function groupTable(noun: string, groups: SloDigestJson["tiers"]): Html[] {
  if (groups.length === 0) return [];
  const head = [noun, "On time", "Objective"].map(
    (text, index) => html`<th scope="col" style="${styles.head}${index > 0 ? ";width:90px" : ""}">${text}</th>`,
  );
  const rows = groups.map((group) => {
    const others = [
      `${group.types} ${group.types === 1 ? "type" : "types"}`,
      ...(group.complete === null ? [] : [`complete ${group.complete}`]),
      ...(group.inTheirHour === null ? [] : [`in their hour ${group.inTheirHour}`]),
    ];
    const against = group.objective === null ? "" : `${group.objective} `;
    return html`<tr><th scope="row" style="${styles.cell}">${figures(group.name)}${small(others.join(", "))}</th>
<td style="${styles.cell}">${figures(group.onTime ?? "–")}${group.before === null ? null : small(group.before)}</td>
<td style="${styles.cell}">${figures(against)}${mark(group.status)}</td></tr>`;
  });
  return [html`<table style="${styles.table}"><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`];
}

function worstItem({ name, whose, figures: figuresText, status, causes }: SloDigestJson["worst"][number]): Html {
  const list = causes.map((cause) => html`<li>${figures(cause)}</li>`);
  return html`<div style="${styles.item}"><strong>${figures(name)}</strong> ${mark(status)}
${small(`${whose}. ${figuresText}`)}${list.length > 0 && html`<ul style="${styles.list}">${list}</ul>`}</div>`;
}

function small(text: string): Html {
  return html`<span style="${styles.small}">${figures(text)}</span>`;
}

/** A percent sign stays with its figure. */
function figures(text: string): string {
  return text.replaceAll(/(\d) %/g, "$1\u00a0%");
}
