import { z } from "zod";
import * as read from "../catalogue/read-fields.ts";
import { mappingOf, mappingsOf, stage } from "./mapping.ts";

const maxGroups = 200;
const maxTopics = 1_000;
const name = read.line.meta({ ...read.text, examples: ["etl-ams"] });

const laneMapping = mappingOf({
  stage: stage.default("delivered").meta({ description: "The stage that the waiting messages have not reached." }),
  watermark: read.flag.default(false).meta({
    description:
      "Whether the group's progress closes hours: it is the last step before delivery, and the records' timestamps are the events' times.",
  }),
  lateness: read.positiveDuration.default(60).meta({
    description: "How much later than its timestamp a record may be written. The watermark stays behind by it.",
  }),
});

const group = read.object({
  group: name.meta({ ...read.text, description: "A consumer group." }),
  topics: z
    .array(name, "must be a list of topics")
    .min(1, "must name a topic")
    .max(maxTopics, `must name at most ${maxTopics} topics`)
    .meta({ description: "The topics that the group reads." }),
});

/** Consumer groups of the cluster in KAFKA_BROKERS. Documents name no brokers: credentials are sent only where settings say. */
export const kafkaSpec = read
  .object({
    groups: z
      .array(group, "must be a list of groups")
      .min(1, "must name a group")
      .max(maxGroups, `must name at most ${maxGroups} groups`),
    lanes: mappingsOf(laneMapping).meta({ description: "By `group/topic`; the first match counts." }),
  })
  .meta({ id: "KafkaSource" });

export type KafkaSpec = z.output<typeof kafkaSpec>;
