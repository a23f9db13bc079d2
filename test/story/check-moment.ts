import { readCauseKey } from "#domain/incident.ts";
import { withoutToday } from "#domain/moment.ts";
import { checkBoard } from "./check-board.ts";
import { checkClaims } from "./check-claims.ts";
import { checkHour } from "./check-hour.ts";
import { checkIncident, type SaidBefore } from "./check-incident.ts";
import { PeopleChecker } from "./check-people.ts";
import { checkSentence } from "./check-sentences.ts";
import { readTexts } from "./check-texts.ts";
import { type Contradiction, Findings } from "./contradiction.ts";
import type { Moment } from "./moment.ts";
import { type Reader, readersOf } from "./readers.ts";
import { type Harm, harmsOf } from "./story-harm.ts";
import type { StoryTruth } from "./story-truth.ts";

const laterForMs = 5 * 60_000;
/** Today's times have none. */
const dates = /\d{4}-\d\d-\d\d (?=\d\d:\d\d)/g;

/** Compares every minute's moment with the truth, and with what was said before. */
export class StoryChecker {
  readonly #truth: StoryTruth;
  readonly #before = new Map<string, SaidBefore>();
  readonly #people: PeopleChecker;
  readonly harms: readonly Harm[];
  /** Texts that were compared. */
  texts = 0;

  constructor(truth: StoryTruth, readers: readonly Reader[] = readersOf(truth.world)) {
    this.#truth = truth;
    this.#people = new PeopleChecker(truth, readers);
    this.harms = harmsOf(truth);
  }

  /** Messages of minutes that are not checked: they were sent, and are compared with nothing. */
  hear(sent: Moment["sent"]): void {
    this.#people.hear(sent);
  }

  check(moment: Moment): Contradiction[] {
    const { atMs, incidents, hours, sent } = moment;
    const truth = this.#truth;
    const findings = new Findings(atMs);
    const texts = readTexts(moment, truth, findings);
    this.texts += texts.length;
    const byId = new Map(incidents.map((incident) => [incident.id, incident]));
    for (const incident of incidents) {
      const before = this.#before.get(incident.id) ?? null;
      // What is over was compared when it ended, and may not change.
      if (before?.incident.situation.phase === "over") {
        const [said, earlier] = [incident, before.incident].map(({ situation }) =>
          situation.sentence.replace(dates, ""),
        );
        findings.equal("over", `incident ${incident.id}`, said, earlier);
        continue;
      }
      checkIncident(incident, before, { truth, atMs, findings });
    }
    for (const text of texts) {
      checkClaims(text, { truth, atMs, findings });
      const incident = byId.get(text.about);
      if (incident && (text.kind === "situation" || text.kind === "message"))
        checkSentence(text, incident, atMs, findings);
    }
    for (const page of hours) checkHour(page, incidents, { truth, atMs, findings, before: this.#before });
    checkBoard(moment, texts, { truth, findings });
    this.#people.check(moment, findings);
    checkAges(moment, findings);
    checkNoticed(moment, this.harms, findings);
    for (const { incident, title, status, dedupKey, at } of sent) {
      const told = incident && byId.get(incident.id);
      const where = `message ${dedupKey}`;
      findings.equal("as of", where, Date.parse(at), atMs);
      if (!told) {
        findings.add("message without incident", where, title, "an incident is open");
        continue;
      }
      // A message is kept: all its times have their dates.
      const sentence = incident.situation?.sentence;
      findings.equal(
        "pages differ",
        where,
        sentence && withoutToday(sentence, new Date(atMs)),
        told.situation.sentence,
      );
      findings.equal("pages differ", where, incident.since, told.situation.onset.at);
      if (status === "firing") findings.equal("pages differ", where, title, told.situation.title);
    }
    this.#remember(moment);
    return findings.found;
  }

  #remember({ atMs, incidents }: Moment): void {
    for (const incident of incidents) {
      const before = this.#before.get(incident.id);
      const { recovery, cause } = incident.situation;
      const expected = before?.expected ?? [];
      const earlier = expected.findLast((each) => each.atMs <= atMs - laterForMs);
      const isLater = recovery && earlier && Date.parse(recovery.p50At) > earlier.p50Ms + 60_000;
      if (recovery) expected.push({ atMs, p50Ms: Date.parse(recovery.p50At), cause: cause.sentence });
      this.#before.set(incident.id, {
        incident,
        expected,
        laterSinceMs: isLater ? (before?.laterSinceMs ?? atMs) : null,
      });
    }
  }
}

/** Nothing that harms goes without an incident of its place and trouble. */
function checkNoticed({ atMs, incidents }: Moment, harms: readonly Harm[], findings: Findings): void {
  const known = incidents.map(({ causeKey }) => readCauseKey(causeKey));
  for (const { dc, trouble, text, dueMs } of harms) {
    const isKnown = known.some((each) => each.trouble === trouble && (each.datacenter ?? dc) === dc);
    if (dueMs <= atMs && !isKnown) findings.add("not noticed", `${trouble} at ${dc}`, "no incident", text);
  }
}

/** Every page is as of now, and no evidence is newer; what an open incident expects is seldom older than three minutes. */
function checkAges({ atMs, incidents, datacenters, hours }: Moment, findings: Findings): void {
  const expectNow = (where: string, asOf: string) => findings.equal("as of", where, Date.parse(asOf), atMs);
  for (const { lanes } of datacenters) expectNow(`datacenter ${lanes.datacenter}`, lanes.asOf);
  for (const { verdict, explanation } of hours) {
    expectNow(`hour ${verdict.eventType} ${verdict.hour}`, verdict.asOf);
    expectNow(`hour ${explanation.eventType} ${explanation.hour}, causes`, explanation.asOf);
  }
  for (const { id, situation } of incidents) {
    const ages = [situation.phaseSince, situation.onset.at, ...situation.cause.evidence.map(({ asOf }) => asOf)];
    for (const asOf of ages)
      if (Date.parse(asOf) > atMs) findings.add("as of", `incident ${id}`, asOf, new Date(atMs).toISOString());
    const { recovery } = situation;
    if (recovery && atMs - Date.parse(recovery.asOf) > expectedForMs)
      findings.add("as of", `incident ${id}, recovery`, recovery.asOf, new Date(atMs).toISOString());
  }
}

const expectedForMs = 4 * 60_000;
