/** A subscription to receive from, as `PUBSUB_SUBSCRIPTION` names it. */
export interface SubscriptionAddress {
  /** `tidemark-ingest`, in the own project, or `projects/P/subscriptions/S`. */
  name: string;
  /** `europe-west1-pubsub.googleapis.com:443`: where a region serves it; null: wherever Google routes to. */
  endpoint: string | null;
}

const mostSubscriptions = 32;
const project = "[a-z][a-z0-9.:-]{2,98}";
const resource = "[A-Za-z][\\w.~+%-]{2,254}";
const topicPattern = new RegExp(`^(projects/${project}/topics/)?${resource}$`);
const subscriptionPattern = new RegExp(
  `^((?:projects/${project}/subscriptions/)?${resource})(?:@([A-Za-z0-9.-]{1,253}(?::\\d{1,5})?))?$`,
);

export function parseTopic(text: string): string | undefined {
  return topicPattern.test(text) ? text : undefined;
}

/** `NAME[@ENDPOINT],…`, each once; undefined: not understood. */
export function parseSubscriptions(text: string): SubscriptionAddress[] | undefined {
  const addresses: SubscriptionAddress[] = [];
  for (const each of text.split(",")) {
    const match = subscriptionPattern.exec(each.trim());
    if (!match?.[1]) return undefined;
    addresses.push({ name: match[1], endpoint: match[2] ?? null });
  }
  const isOnce = new Set(addresses.map(({ name }) => name)).size === addresses.length;
  return isOnce && addresses.length <= mostSubscriptions ? addresses : undefined;
}

/** `projects/P/subscriptions/S` of a short name. */
export function fullName(kind: "topics" | "subscriptions", name: string, projectId: string): string {
  return name.startsWith("projects/") ? name : `projects/${projectId}/${kind}/${name}`;
}
