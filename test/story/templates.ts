// Every sentence that the product says in a story, by where it is said. One that is missing here fails the story.

const hoursOfTypes = "in {count} hour{s} of {count} event type{s}";
const titles = [
  "{dc}: events not reaching the queue",
  "{dc}: no messages received",
  "{dc}: watermark stalled",
  "{dc}: growing backlog",
  "{dc}: {component} {version} slowed deliveries",
  "{dc}: slow deliveries after a deployment",
  "{dc}: behind",
  "{dc}: holding up many event types",
  "{dc}: events lost",
  "{dc}: events duplicated",
  "{dc}: events skewed into other hours",
  "{dc}: missing reporters",
  "{dc}: missing counts",
  "{dc}: unusual volume",
  "{type}: unusual volume",
  "{type}: events lost",
  "{type}: events duplicated",
  "{type}: events skewed into other hours",
  "{type}: missing reporters",
  "{type}: missing counts",
  "All datacenters: slow deliveries",
];

export const titleTemplates = titles;

export const situationTemplates = [
  ...titles.flatMap((title) => [`${title} since {past}.`, `${title} from {pastBare} to {until}.`]),
  "No hour affected yet.",
  "Affected hours are not known yet.",
  "No hour was affected.",
  "{count} hour{s} of {count} event type{s} affected[: {count} deadline{s} missed][, {count} at risk][: {count} at risk]; none recovered[ yet].",
  "{count} hour{s} of {count} event type{s} affected[: {count} deadline{s} missed][, {count} at risk][: {count} at risk]; [{count} recovered][, ][{count} closed with loss ({count} of {count} event{s} lost)][{count} closed with loss ({count} event{s} lost)][{count} final but not complete[ ({count} event{s} duplicated)][ ({count} more event{s} delivered than counted)]].",
  "Catching up, all closed by about {future}.",
  "Catching up, the last hours are about to close.",
  "Caught up; waiting for its alerts to clear.",
  "None of its alerts fires any more.",
];

/** Why a situation was revised; a new cause is followed by its sentences. */
export const revisionTemplates = [
  "Ongoing: it opened {count} min ago.",
  "Worse again: {count} alert{s} firing and no recovery in sight.",
  "Recovering: none of its alerts fires any more.",
  "Recovering: it has caught up.",
  "Recovering: all closed by about {any}.",
  "Over: its alerts are normal and its hours are final or accepted.",
  "Likely cause:",
  "Began at {past} by the {source} (before: {past}).",
  "Also at {list}.",
  "Stage: {stage}.",
  "[Amended after the end: ]{count} {counted}[ (before: {count})].",
  "Notified again.",
  "Not notified: other alerts inhibit its alerts.",
  "No estimate of its recovery any more.",
  "Caught up.",
  "All closed by about {any}[ (before: {any})].",
];

const loss = "{count}[ of {count}] events";
export const endTemplates = [
  "its hour recovered",
  "all {count} hours recovered",
  "no hour was affected",
  "none of its hours recovered",
  "closed, not complete",
  `closed with loss: ${loss} lost`,
  `closed with duplicates: ${loss} duplicated`,
  "closed with counts missing: {count} more events delivered than counted",
  `[{count} of {count} hour{s} recovered][, ][{count} accepted][, ][{count} closed, not complete][{count} closed with loss: ${loss} lost][{count} closed with duplicates: ${loss} duplicated][{count} closed with counts missing: {count} more events delivered than counted]`,
].map((outcome) => `Resolved after {elapsed}: ${outcome}[; {count} deadline{s} missed].`);

const restOf = {
  published: "between its hosts and the queue",
  delivered: "between the queue and the partition",
};
const down = "[ {instance} was down or restarted around then.]";

export const causeTemplates = [
  "{dc} stopped sending messages of any type at {past}. Check its hosts, its network and its connection to the queue.",
  "Events of {dc}'s hosts stopped reaching the queue at {past}. Check the network between its hosts and the queue, and the publishers there.",
  "{dc} kept sending messages, but its watermark{s} stopped at {past}. Check or restart the exporter there: it was alive and made no progress.",
  "Delivery at {dc} became slower than production at {past}, and a backlog grew in the queue. Add consumers, or find what slows them.",
  ...[
    "its hosts' events stopped reaching the queue",
    "watermarks stopped",
    "delivery became slower than production",
    "deliveries fell behind",
  ].flatMap((what) => [
    `{component} {version} was deployed at {dc} at {past}, and ${what} in the same minute. Roll it back, or check what it changed.`,
    `{component} {version} was deployed at {dc} at {past}, and ${what} {elapsed} later. Roll it back, or check what it changed.`,
  ]),
  ...[restOf.published, restOf.delivered].flatMap((between) => [
    `Events of {dc} were lost ${between} from {past}.${down}`,
    `Events of {dc} were duplicated ${between} from {past}.${down}`,
    `Events of {dc} were lost ${between}.${down}`,
    `Events of {dc} were duplicated ${between}.${down}`,
  ]),
  "Check for hosts that died with events on disk.",
  "Check what the export dropped or rejected.",
  "Check for publishes that are retried after success.",
  "Check for an export that processed the same messages twice.",
  "{dc} delivered events into other hours' partitions[ from {past}]. Check its hosts' clocks, and whether its export partitions events by arrival time.",
  "{dc} delivered more than its hosts counted: {instance} has sent no heartbeat since {past}, and what it produced is not counted. Check that host and its reporter; what was lost or duplicated is unknown until it counts.",
  `{dc} is missing produced counts of {count} of {count} expected reporters from {past}, so losses there are unknown.${down} Check those hosts and their reporters; a late report still settles the hour.`,
  `{dc} is missing produced counts from {count} of {count} expected reporters, so losses there are unknown.${down} Check those hosts and their reporters; a late report still settles the hour.`,
  "{dc}'s volume has been unusual from {past}. What is produced is delivered: check what sends these events.",
  "{type}'s volume has been unusual from {past}. What is produced is delivered: check what sends these events.",
  "{dc} reported no produced counts[ from {past}], so losses there are unknown. Check its reporters of produced events; a late report still settles the hour.",
  // Of hours, by what they show themselves.
  "Events of {dc}'s hosts have not reached the queue since {past}. Check the network between its hosts and the queue, and the publishers there.",
  "{dc} sends messages, but its watermark has stalled since {past}. Check or restart the exporter there: it is alive and makes no progress.",
  "A backlog has grown in the queue at {dc} since about {past}: delivery is slower than production. Add consumers, or find what slows them.",
  "{dc} holds up most of its event types, and its reports do not show why. Ask its operators what changed there.",
  "{dc} holds up this event type alone, and its reports do not show why. Check this type's exporter there.",
  "{dc} has sent nothing, of any type, since {past}. Check its hosts, its network and its connection to the queue. Its counts are unknown until it reports again.",
  ...[
    "its hosts' events did not reach the queue",
    "its watermark stalled, then its hours closed together",
    "its events were delivered more slowly than produced",
    "most of its event types were late",
    "the stored facts do not show why",
  ].map((why) => `{dc} held up the hour until {past}: ${why}. It was last on time at {past}.`),
  ...[
    "{elapsed} before the trouble began",
    "as the trouble began",
    "within the time in which the trouble began",
  ].flatMap((when) => [
    `{component} {version} was deployed at {dc} at {past}, ${when}. Roll it back, or check what it changed.`,
    `{component} {version} was deployed at {dc} at {past}, ${when}. Check what it changed before you roll it back.`,
  ]),
];

export const evidenceTemplates = [
  "{dc} sent no message of any type for {elapsed} from {past}.",
  "{count} of {count} events ({share}) that {dc} produced from {past} to {past} did not reach the queue meanwhile.",
  "At {past}, the oldest event at {dc} that had not reached the queue was {elapsed} old.",
  "{dc}'s watermark stood still from {past} to {past}.",
  "{dc}'s watermark advanced at {share} of real time from {past} to {past}.",
  "The watermarks of {count} event types at {dc} stood still from {past} to {past}.",
  "The watermarks of {count} event types at {dc} advanced at {share} of real time from {past} to {past}.",
  "At {past}, {count} of {count} event{s} in the running hours at {dc} were not delivered.",
  "At {past}, {dc} was up to {elapsed} behind ({type}).",
  "{count} of {count} event types at {dc} have fallen behind.",
  "{component} {version} was deployed at {past}[ by {who}].",
  `{dc} lost {count} of {count} event{s}[ ({share})] ${hoursOfTypes}.`,
  `{dc} delivered {count} events twice, of {count} produced[ ({share})], ${hoursOfTypes}.`,
  `{count} of {count} event{s}[ ({share})] of {dc} landed in other hours' partitions ${hoursOfTypes}.`,
  `{count} of {count} expected reporters at {dc} sent no produced counts ${hoursOfTypes}.`,
  `{dc} produced {count} event{s} ${hoursOfTypes}, which is unusual for these hours.`,
  `{dc} reported no produced counts ${hoursOfTypes}.`,
  "{instance} has sent no heartbeat since {past}.",
  "{instance} restarted at {past}[ without a deployment].",
  "{instance} was down from {past} to {past}.",
  // Of hours.
  "At {past}, {count} events[ at {dc}] were not {stage} yet, the oldest {elapsed} old.",
  "At {past}, {count} message{s}[ at {dc}] were not {stage} yet, the oldest {elapsed} old.",
  "At {past}, {count} message{s} there were not {stage} yet, the oldest {elapsed} old.",
  "At {past}, {count} events there were not {stage} yet, the oldest {elapsed} old.",
  "{count} of {count} events ({share}) that {dc} {stage} since {past} are not {stage} yet.",
  "{dc}'s watermark has stalled at {past} for {elapsed}.",
  "{dc} sent its last message {elapsed} ago: it is not silent.",
  "{dc} has not closed the hour: its watermark is at {past}.",
  "{dc}'s watermark advances more slowly than real time.",
  "{dc} has sent nothing, of any type, since {past}.",
  "Every other datacenter sent messages within the last {elapsed}: ingest works.",
  "{list} sent messages within the last {elapsed}: ingest works.",
  "The {count} other types at {dc} are not behind in this hour: only this type is affected.",
  "{count} of the {count} other types at {dc} are behind in the same hour.",
  "{dc} closed the hour {elapsed} after its end[, usually within {elapsed}].",
  "Its hours of {past} and {past} closed within {elapsed} of each other: they were released together.",
  "Its next hour closed {elapsed} later, {elapsed} after its end: it caught up slowly.",
  "{component} reports the {stage} counts there.",
  "{dc} closed the hour and reported no produced counts of any event type in it.",
  "{count} of {count} expected reporters at {dc} have not reported produced counts for the hour.",
  "{dc} lost {count} of {count} events ({share}), {share} of all events lost in the hour.",
  "{dc} duplicated {count} of {count} events ({share}), {share} of all events duplicated in the hour.",
  "{dc} delivered {count} event{s} more than the {count} that its hosts counted.",
  "{count} produced, {count} published, {count} delivered: the counts drop before the queue.",
  "{count} produced, {count} published, {count} delivered: the counts drop after the queue.",
  "{count} produced, {count} published, {count} delivered: the counts rise before the queue.",
  "{count} produced, {count} published, {count} delivered: the counts rise after the queue.",
  "{count} of {count} events ({share}) of {dc} landed in other hours' partitions[, usually {share}].",
];

export const alertTemplates = [
  "{type}: the oldest event not {stage} yet at {dc} is {elapsed} old[ ({count} event{s} waiting)]. Events older than the queue's retention are lost.",
  "{type}: hour {hour} missed its deadline of {any}; held up by {dc}[ and {count} more].",
  "{type}: hour {hour} is {share} likely to miss its deadline of {any}; held up by {dc}[ and {count} more].",
  "{type}: no forecast yet for {count} unclosed hour{s}.",
  "{type}: {count} event{s} of the last {elapsed} were late, {count} times what the objective allows.",
  "{type}: {count} event{s} of the last {elapsed} were lost, {count} times what the objective allows.",
  "{type}: {count} event{s} of the last {elapsed} were skewed, {count} times what the objective allows.",
  "{type}: {count} event{s} of the last {elapsed} was late, {count} times what the objective allows.",
  "{type}: {count} event{s} of the last {elapsed} was lost, {count} times what the objective allows.",
  "{type}: {count} event{s} of the last {elapsed} was skewed, {count} times what the objective allows.",
  "{type}: hour {hour} is not closed {elapsed} after its end (deadline {elapsed}); held up by {dc}[ and {count} more].",
  "{type}: hour {hour} lost {count} of {count} events ({share}), most in {dc}.",
  "{type}: losses of hour {hour} are unknown. The produced count{s} of {list} is unknown.",
  "{type}: losses of hour {hour} are unknown. The produced count{s} of {list} are unknown.",
  "{dc} has sent nothing since {past}.[ {count} event type{s} held up.]",
  "{dc} is {number} times as far behind as usual, {elapsed} after {component} {version} was deployed there at {past}[; {count} event type{s} held up].",
  "{type}: {dc} duplicated {count} of {count} event{s} of hour {hour} ({share}).",
  "{type}: {dc} delivered {count} event{s} of hour {hour} and produced none.",
  "{type}: {dc} lost {count} of {count} events of hour {hour} ({share}).",
  "{type}: {dc} is missing produced counts of hour {hour} from {count} of {count} expected reporters.",
  "{type}: {count} of {count} events of hour {hour} from {dc} landed in other hours ({share}).",
  "{type}: {dc} produced {count} events in hour {hour}, expected {count} (usually {count} to {count}).",
  "{type}: all datacenters together produced {count} events in hour {hour}, expected {count} (usually {count} to {count}).",
  "{type}: {dc}'s watermark is {elapsed} behind, at {past}[; usually {elapsed}].",
  "{type}: {dc}'s watermark has stalled[ at {pastBare}] since {past}.",
  "{type}: {dc}'s watermark has stalled[ at {pastBare}] for {elapsed}.",
];

export const boardTemplates = [
  ...situationTemplates,
  "{count} more open incident{s}.",
  "{count} of {count} types late[, the first since {past}][ since {past}][, all held up by {dc}][, held up by {list}][, {count} of them held up by {dc}].",
  "{count} of {count} type{s} incomplete[, {count} overcounted][ and {count} overcounted][ and {count} unverified].",
  "{count} of {count} type{s} overcounted[ and {count} unverified].",
  "{count} of {count} type{s} unverified.",
  "{count} incomplete[, {count} overcounted][ and {count} overcounted][ and {count} unverified].",
  "{count} overcounted[ and {count} unverified].",
  "{count} unverified.",
  "{count} types have an alert.",
  "{count} type has an alert.",
  "None of {count} types is late yet[; {count} has an alert][; {count} have an alert][; all have an alert].",
  "All {count} types are on time[; {count} has an alert][; {count} have an alert][; all have an alert].",
];

export const datacenterTemplates = [
  "{dc} has sent nothing for {term}; its state is unknown.",
  "{dc} sent its last message {term} ago.",
  "It holds up {count} of {count} types past the deadline.",
  "It holds up its one type past the deadline.",
  "It has not closed ended hours of {count} of {count} types yet; all are within their deadline.",
  "It has not closed ended hours of its one type yet; all are within their deadline.",
  "It has closed every ended hour of its {count} types.",
  "It has closed every ended hour of its one type.",
];

const waiting = [
  "None of {count} datacenters has closed it",
  "{dc} has not closed it",
  "{count} of {count} datacenters has closed it, waiting for {list}",
  "{count} of {count} datacenters have closed it, waiting for {list}",
];
const closing = [
  "closed {term} after the hour; within the deadline of {term}",
  "closed {term} after the hour; {term} past the deadline of {term}",
  "closed before its end; within the deadline of {term}",
];
const unknownCounts = ["{dc}'s produced count is unknown", "the produced counts of {list} are unknown"];

export const verdictTemplates = [
  "Open. The hour ends in {term}.",
  ...waiting.flatMap((who) => [
    `Closing. ${who}; {term} left until the deadline.`,
    `Late. ${who}; the deadline passed {term} ago.`,
  ]),
  ...closing.flatMap((closed) => [
    `Complete. All {count} event{s} delivered, ${closed}.`,
    `Complete. No events produced, ${closed}.`,
    `Complete. {count} of {count} event{s} ({share}) delivered, ${closed}.`,
    `Incomplete. {count} of {count} event{s} was lost ({share})[, all in {dc}][, in {list}][, most in {list}]; ${closed}.`,
    `Incomplete. {count} of {count} event{s} were lost ({share})[, all in {dc}][, in {list}][, most in {list}]; ${closed}.`,
    `Overcounted. {count} event{s} was duplicated[, all in {dc}][, in {list}][, most in {list}]; ${closed}.`,
    `Overcounted. {count} event{s} were duplicated[, all in {dc}][, in {list}][, most in {list}]; ${closed}.`,
    ...unknownCounts.map((counts) => `Unverified. C${closed.slice(1)}, but ${counts}, so losses are unknown.`),
    ...unknownCounts.map(
      (counts) =>
        `Verifying. C${closed.slice(1)}; [{count} still missing][, ][{count} too many][, ]${counts}; the counts may still change.`,
    ),
    `Verifying. C${closed.slice(1)}; [{count} still missing][, ][{count} too many]; the counts may still change.`,
    `Verifying. C${closed.slice(1)}; the counts do not agree yet; the counts may still change.`,
  ]),
  "Amended: this is revision {count}.",
];
