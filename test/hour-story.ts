import { afterAll } from "vitest";
import { addHours } from "#domain/hour.ts";
import { judgeAll } from "#test/judge-and-alert.ts";
import { claimForTest } from "./catalogue.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { openTestApi, type TestApi } from "./test-api.ts";
import { until } from "./until.ts";
import { ManualClock, workerContext } from "./worker-context.ts";

export interface HourStoryOptions {
  /** The clock's initial instant. */
  now: string;
  activeFrom: string;
  activeTo?: string;
  datacenters?: readonly string[];
  eventTypes?: readonly string[];
  deadlineSeconds?: number;
  /** How often held requests poll by themselves. */
  lookAgainMs?: number;
}

export interface Count {
  dc: string;
  stage: "produced" | "published" | "delivered";
  hour: string;
  events: number;
  eventType?: string;
  landedHour?: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read responses of any shape
  body: any;
}

export interface Opening {
  /** A story of the caller's own. */
  begin(): Promise<HourStory>;
}

/** What several tests of a file begin with: lived once, when the first of them asks, and copied for each. */
export function openingOf(options: HourStoryOptions, live = async (_: HourStory): Promise<void> => undefined): Opening {
  let opening: Promise<HourStory> | undefined;
  const liveOnce = async () => {
    const story = await HourStory.begin(options);
    await live(story);
    await story.close();
    return story;
  };
  afterAll(async () => (await opening)?.test.drop());
  return {
    async begin() {
      opening ??= liveOnce();
      return (await opening).copy();
    },
  };
}

/** Hours from creation to verdict: reports over the API, the clock set by hand, judging on the test's command. */
export class HourStory {
  readonly test: TestDatabase;
  readonly clock: ManualClock;
  readonly api: TestApi;
  readonly #options: HourStoryOptions;
  #messages: number;

  private constructor(test: TestDatabase, options: HourStoryOptions, messages: number) {
    this.test = test;
    this.clock = new ManualClock(options.now);
    this.api = openTestApi(test.database, { now: () => this.clock.now(), lookAgainMs: options.lookAgainMs });
    this.#options = options;
    this.#messages = messages;
  }

  static async begin(options: HourStoryOptions): Promise<HourStory> {
    const { datacenters = ["east", "west"], eventTypes = ["EndSong"] } = options;
    const story = new HourStory(await createTestDatabase(), options, 0);
    await claimForTest(story.test.database.sql, { ...options, datacenters, eventTypes });
    await story.judge();
    return story;
  }

  async end(): Promise<void> {
    await this.close();
    await this.test.drop();
  }

  /** Keeps its database, to be copied. */
  async close(): Promise<void> {
    await this.api.close();
    await this.test.database.close();
  }

  /** Another story that goes on from where this one was closed: a copy of its database, and a clock of its own. */
  async copy(): Promise<HourStory> {
    const options = { ...this.#options, now: this.clock.now().toISOString() };
    return new HourStory(await createTestDatabase(this.test.name), options, this.#messages);
  }

  /** Moves the clock forward and judges. */
  async at(now: string): Promise<void> {
    this.clock.set(now);
    await this.judge();
  }

  /** Reports a count as of now, without judging. */
  async count({ dc, stage, hour, events, eventType = "EndSong", landedHour = hour }: Count): Promise<void> {
    const reports = [{ eventType, hour, landedHour, events }];
    await this.say("tidemark.counters.v1", { dc, stage, reporter: `${dc}-${stage}`, reports });
  }

  async watermark(dc: string, watermark: string, eventType = "EndSong"): Promise<void> {
    await this.say("tidemark.watermark.v1", { dc, marks: [{ eventType, watermark }] });
  }

  async closeHour(dc: string, hour: string, eventType = "EndSong"): Promise<void> {
    await this.say("tidemark.hour-closed.v1", { dc, marks: [{ eventType, hour }] });
  }

  /** Both datacenters produced, delivered and closed the hour; `lost` events of the first never arrived. */
  async settle(hour: string, { lost = 0, eventType = "EndSong", dcs = ["east", "west"] } = {}): Promise<void> {
    const end = addHours(new Date(`${hour}:00:00Z`), 1).toISOString();
    for (const [index, dc] of dcs.entries()) {
      await this.count({ dc, stage: "produced", hour, events: 1000, eventType });
      await this.count({ dc, stage: "delivered", hour, events: 1000 - (index === 0 ? lost : 0), eventType });
      await this.watermark(dc, end, eventType);
    }
    await this.judge();
  }

  async say(type: string, data: object): Promise<void> {
    this.#messages += 1;
    const time = this.clock.now().toISOString();
    const event = { specversion: "1.0", type, source: "story", id: String(this.#messages), time, data };
    const headers = { "content-type": "application/cloudevents+json" };
    const answer = await this.api.call("POST", "/api/v1/events", { headers, body: JSON.stringify(event) });
    if (answer.status !== 202) throw new Error(await answer.text());
  }

  /** Creates the hours that began and judges until nothing is left to do. */
  async judge(): Promise<void> {
    const ctx = workerContext(this.test.database, this.clock);
    await judgeAll(ctx, { limit: 1_000 });
  }

  /** Waits until this many questions are held at the gate. */
  untilHeld(questions: number): Promise<void> {
    return until(`${questions} are held`, async () => this.api.held === questions || `${this.api.held} are`);
  }

  async get(path: string, token?: string | null): Promise<Answer> {
    const answer = await this.api.call("GET", `/api/v1${path}`, token === undefined ? {} : { token });
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  }
}
