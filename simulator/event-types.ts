export type TierName = "high" | "normal" | "low";
/**
 * A type's daily pattern: people listen in the evening, pay and search by day, content arrives at night, machines never rest.
 */
export type Rhythm = "listening" | "daytime" | "nightly" | "machines";

/** One kind of event of the simulated music service. */
export interface EventTypeModel {
  name: string;
  owner: string;
  tier: TierName;
  /** Its own deadline where the tier's does not fit. */
  deadline: string | null;
  /** The mean over the week and all datacenters. */
  eventsPerHour: number;
  rhythm: Rhythm;
  /** Where it occurs; null: everywhere. */
  datacenters: readonly string[] | null;
  /** Each of a datacenter's hosts counts it by itself, and is expected to report. */
  expectReporters: boolean;
  /** false: silence about it is not zero, so its counters also report zeros. */
  impliedZero: boolean;
  description: string;
}

const europe = ["lon", "sto", "gcp-eu"];
const america = ["ash", "sjc"];
const atlantic = ["lon", "ash"];

type Row = [
  name: string,
  owner: string,
  tier: TierName,
  eventsPerHour: number,
  rhythm: Rhythm,
  description: string,
  only?: Partial<Pick<EventTypeModel, "deadline" | "datacenters" | "expectReporters" | "impliedZero">>,
];

// In this order, so that the first few are a fair sample of owners, tiers and sizes.
const rows: Row[] = [
  [
    "EndSong",
    "royalties",
    "high",
    2_400_000,
    "listening",
    "A track was played or skipped. Royalties are paid by these.",
  ],
  ["AdImpression", "ads", "high", 520_000, "listening", "An ad was shown or heard. Advertisers are billed by these."],
  [
    "PlaylistEdit",
    "playlists",
    "normal",
    65_000,
    "listening",
    "Tracks were added to, moved in or removed from a playlist.",
  ],
  [
    "PaymentCaptured",
    "payments",
    "high",
    1_400,
    "daytime",
    "A subscription fee was charged.",
    { deadline: "60m", expectReporters: true },
  ],
  ["SearchQuery", "search", "normal", 480_000, "daytime", "A user searched; with the query and the number of results."],
  ["AppCrashed", "mobile", "high", 4_200, "listening", "The app crashed; with the device and the version."],
  ["CoverArtChanged", "content", "low", 90, "nightly", "A label replaced an image."],
  [
    "RecommendationShown",
    "recommendations",
    "high",
    1_600_000,
    "listening",
    "A model recommended a track. Used as training data.",
  ],
  [
    "AccountDeleted",
    "accounts",
    "normal",
    42,
    "daytime",
    "A user asked to delete their account. Required by law.",
    { datacenters: europe, impliedZero: false },
  ],
  ["PlaybackError", "player", "high", 18_000, "listening", "A track could not be played; with the error."],
  ["AdClick", "ads", "high", 9_000, "listening", "A user clicked an ad."],
  ["LyricsShown", "content", "low", 210_000, "listening", "Lyrics were opened beside a track."],
  [
    "SubscriptionStarted",
    "payments",
    "high",
    900,
    "daytime",
    "A free account became a paying one.",
    { deadline: "60m", expectReporters: true },
  ],
  [
    "FeatureFlagRead",
    "platform",
    "low",
    3_000_000,
    "machines",
    "A service asked which experiment variant a user gets.",
  ],
  ["SearchResultOpened", "search", "normal", 300_000, "daytime", "A search result was chosen; with its position."],
  ["PlaylistFollowed", "playlists", "normal", 24_000, "listening", "A user followed a playlist."],
  ["RefundIssued", "payments", "normal", 26, "daytime", "A customer was refunded.", { datacenters: atlantic }],
  ["TrackIngested", "content", "normal", 420, "nightly", "A track arrived from a label.", { datacenters: europe }],
  ["AppOpened", "mobile", "normal", 800_000, "daytime", "The app came to the foreground."],
  [
    "StreamReported",
    "royalties",
    "high",
    140_000,
    "nightly",
    "A partner's statement of streams.",
    { datacenters: atlantic },
  ],
  ["RecommendationTapped", "recommendations", "normal", 110_000, "listening", "A recommended track was chosen."],
  ["LoginSucceeded", "accounts", "normal", 160_000, "daytime", "A user signed in."],
  ["AdRequested", "ads", "normal", 1_300_000, "listening", "The player asked for an advertisement."],
  ["BufferingStalled", "player", "low", 90_000, "listening", "Playback waited for the network."],
  [
    "ConsentChanged",
    "accounts",
    "high",
    150,
    "daytime",
    "A privacy choice was made or withdrawn.",
    { datacenters: europe },
  ],
  ["EpisodeFinished", "podcasts", "normal", 46_000, "daytime", "A podcast episode was heard to its end."],
  ["PaymentRefused", "payments", "high", 60, "daytime", "A bank declined a payment."],
  ["OfflineSynced", "mobile", "low", 100_000, "nightly", "A device uploaded events from offline use."],
  ["RadioSeeded", "recommendations", "low", 14_000, "listening", "A radio was started from a track."],
  ["DeviceConnected", "player", "low", 130_000, "listening", "A speaker, car or television took over playback."],
  ["PlaylistShared", "playlists", "low", 6_000, "listening", "A playlist link was shared."],
  ["AdSkipped", "ads", "normal", 80_000, "listening", "An advertisement was skipped.", { datacenters: america }],
  [
    "TicketLinkOpened",
    "concerts",
    "low",
    220,
    "daytime",
    "A user viewed a concert's tickets.",
    { datacenters: europe },
  ],
  ["AccountCreated", "accounts", "high", 2_200, "daytime", "A user created an account."],
  ["ChapterSkipped", "podcasts", "low", 9_500, "daytime", "A listener jumped over part of an episode."],
  ["SeekPerformed", "player", "low", 350_000, "listening", "A listener moved within a track."],
  ["ProfileViewed", "social", "low", 30_000, "listening", "A user viewed another user's profile."],
  ["PasswordReset", "accounts", "normal", 300, "daytime", "A forgotten password was replaced."],
  ["ConcertViewed", "concerts", "low", 1_500, "daytime", "A concert's page was opened.", { datacenters: europe }],
  [
    "RoyaltyStatementRead",
    "royalties",
    "low",
    75,
    "daytime",
    "An artist opened a statement.",
    { datacenters: atlantic },
  ],
];

/** The first `count` of the catalogue; beyond its forty, they repeat with a number in the name. */
export function eventTypeModels(count: number): EventTypeModel[] {
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / rows.length);
    const row = rows[index % rows.length] as Row;
    const [name, owner, tier, eventsPerHour, rhythm, description, only] = row;
    return {
      name: round === 0 ? name : `${name}${round + 1}`,
      owner,
      tier,
      deadline: only?.deadline ?? null,
      eventsPerHour,
      rhythm,
      datacenters: only?.datacenters ?? null,
      expectReporters: only?.expectReporters ?? false,
      impliedZero: only?.impliedZero ?? true,
      description,
    };
  });
}
