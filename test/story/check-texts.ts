import { datacenterSentence } from "#components/datacenters/datacenter-sentence.ts";
import { answerSentence } from "#components/frame/answer-sentence.ts";
import { verdictSentence } from "#components/hours/verdict-sentence.ts";
import { incidentText } from "#domain/notification/incident-lines.ts";
import type { Findings } from "./contradiction.ts";
import { type Claim, Grammar, instantOf, textsOf } from "./grammar.ts";
import type { Moment } from "./moment.ts";
import type { StoryTruth } from "./story-truth.ts";
import * as all from "./templates.ts";

const causesToo = [...all.causeTemplates, ...all.alertTemplates];
const grammars = {
  title: new Grammar(all.titleTemplates),
  situation: new Grammar(all.situationTemplates),
  cause: new Grammar(causesToo),
  evidence: new Grammar([...all.evidenceTemplates, ...all.alertTemplates]),
  alert: new Grammar(all.alertTemplates),
  board: new Grammar(all.boardTemplates),
  datacenter: new Grammar(all.datacenterTemplates),
  verdict: new Grammar(all.verdictTemplates),
  revision: new Grammar([...all.revisionTemplates, ...causesToo]),
  message: new Grammar([...all.endTemplates, ...all.situationTemplates]),
};

/** A rendered text, where it is read, and what it consists of. */
export interface ReadText {
  where: string;
  /** The incident, datacenter or hour that it is about. */
  about: string;
  kind: keyof typeof grammars;
  text: string;
  claims: readonly Claim[];
}

/** Every sentence of a moment, in parts. Those that follow no known template, that name what does not exist, or take the future for the past are contradictions. */
export function readTexts(moment: Moment, truth: StoryTruth, findings: Findings): ReadText[] {
  const names = new Set(truth.world.simulation.fleet.datacenters.map(({ name }) => name));
  const types = new Set(truth.types.map(({ name }) => name));
  return textsOfPages(moment).map((each) => {
    const { claims, unknown } = grammars[each.kind].read(each.text);
    if (unknown !== null) findings.add("unknown sentence", each.where, unknown, "no such sentence is known");
    for (const claim of claims) {
      for (const text of [...textsOf(claim, "past"), ...textsOf(claim, "pastBare")])
        if (text !== "" && instantOf(text, moment.atMs) > moment.atMs)
          findings.add("future as past", each.where, each.text, `it is ${new Date(moment.atMs).toISOString()}`);
      for (const dc of textsOf(claim, "dc"))
        if (dc !== "" && !names.has(dc)) findings.add("no such name", each.where, each.text, `there is no ${dc}`);
      for (const type of textsOf(claim, "type"))
        if (type !== "" && !types.has(type)) findings.add("no such name", each.where, each.text, `there is no ${type}`);
    }
    return { ...each, claims };
  });
}

function textsOfPages({ board, incidents, datacenters, hours, sent }: Moment): Omit<ReadText, "claims">[] {
  const answer = answerSentence(board, "well")
    .map((part) => (typeof part === "string" ? part : `${part.at.slice(0, 16).replace("T", " ")} UTC`))
    .join("");
  return [
    { where: "board", about: "board", kind: "board" as const, text: answer },
    ...incidents.flatMap(({ id, situation, alerts, timeline }) => {
      const where = `incident ${id}`;
      return [
        { where: `${where}, title`, about: id, kind: "title" as const, text: situation.title },
        { where, about: id, kind: "situation" as const, text: situation.sentence },
        { where: `${where}, cause`, about: id, kind: "cause" as const, text: situation.cause.sentence },
        ...situation.cause.evidence.map(({ fact }) => ({
          where: `${where}, evidence`,
          about: id,
          kind: "evidence" as const,
          text: fact,
        })),
        ...alerts.map(({ summary, rule }) => ({
          where: `${where}, alert ${rule}`,
          about: id,
          kind: "alert" as const,
          text: summary,
        })),
        ...timeline
          .filter(({ kind }) => kind === "opened" || kind === "situation")
          .map(({ kind, message }) => ({
            where: `${where}, timeline`,
            about: id,
            kind: kind === "opened" ? ("alert" as const) : ("revision" as const),
            text: message,
          })),
      ];
    }),
    ...datacenters.map(({ datacenter, lanes }) => ({
      where: `datacenter ${datacenter.name}`,
      about: datacenter.name,
      kind: "datacenter" as const,
      text: datacenterSentence(datacenter, lanes),
    })),
    ...hours.flatMap(({ verdict, explanation }) => {
      const where = `hour ${verdict.eventType} ${verdict.hour}`;
      const about = `${verdict.eventType} ${verdict.hour}`;
      return [
        { where, about, kind: "verdict" as const, text: verdictSentence(verdict) },
        ...explanation.causes.map(({ sentence }) => ({
          where: `${where}, cause`,
          about,
          kind: "cause" as const,
          text: sentence,
        })),
        ...explanation.causes.flatMap(({ evidence }) =>
          evidence.map(({ fact }) => ({ where: `${where}, evidence`, about, kind: "evidence" as const, text: fact })),
        ),
      ];
    }),
    ...sent.flatMap((message) => {
      const where = `message ${message.dedupKey}`;
      const about = message.incident?.id ?? "";
      const text = incidentText(message);
      return text === "" ? [] : [{ where, about, kind: "message" as const, text }];
    }),
  ];
}
