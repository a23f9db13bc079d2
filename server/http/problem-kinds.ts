/** Every kind of problem in the API: `type` is its name below /api/docs, where all are explained. */
export const problemKinds = {
  invalid: {
    status: 400,
    title: "Invalid input",
    meaning: "The input cannot be used; `errors` lists each fault. Nothing of it was applied.",
  },
  unauthenticated: {
    status: 401,
    title: "Not signed in",
    meaning: "No token was sent, or it is unknown, expired or revoked.",
  },
  forbidden: {
    status: 403,
    title: "Not allowed",
    meaning:
      "The token is known and lacks the scope that this call needs, or may not ingest or change what the request names; `errors` lists that, `objects` what belongs to other teams.",
  },
  "not-found": { status: 404, title: "Not found", meaning: "What the path names does not exist." },
  "not-ready": {
    status: 404,
    title: "Not ready yet",
    meaning: "The hour, or one of the hours, may not be read yet; `detail` says why, `Retry-After` when to ask again.",
  },
  "method-not-allowed": {
    status: 405,
    title: "Method not allowed",
    meaning: "The path exists and takes other methods: `Allow` lists them.",
  },
  "too-slow": {
    status: 408,
    title: "Too slow",
    meaning: "The body did not arrive in time. Nothing of it was applied.",
  },
  conflict: { status: 409, title: "Conflict", meaning: "The request conflicts with the current state." },
  "changed-meanwhile": {
    status: 412,
    title: "Changed meanwhile",
    meaning:
      "`If-Match` names another state than the stored one, or `If-None-Match: *` was sent and the name is taken. Read it again, and send your change on top.",
  },
  "too-large": {
    status: 413,
    title: "Too large",
    meaning: "The body is larger than the call reads: send it in several requests.",
  },
  "media-type": {
    status: 415,
    title: "Unsupported media type",
    meaning: "The body's content type is not one that this call reads.",
  },
  misdirected: {
    status: 421,
    title: "Unknown host",
    meaning:
      "The request's `Host` is not a name of this server. Add it to `TIDEMARK_ALLOWED_HOSTS`, or set `TIDEMARK_PUBLIC_URL`.",
  },
  "too-many-requests": {
    status: 429,
    title: "Too many requests",
    meaning:
      "More requests, failed attempts to sign in or open streams than allowed; `Retry-After` says when to try again.",
  },
  "too-many-names": {
    status: 429,
    title: "Too many new names",
    meaning:
      "The request names more new event types, datacenters or reporters than an hour allows. `Retry-After` says when to send it again.",
  },
  internal: {
    status: 500,
    title: "Internal failure",
    meaning: "A fault of Tidemark. Its log has the cause under the answer's `requestId`.",
  },
  unavailable: {
    status: 503,
    title: "Database unavailable",
    meaning:
      "The database cannot be reached, does not answer in time, is read-only or full; `Retry-After` says when to ask again.",
  },
  "clock-wrong": {
    status: 503,
    title: "Clock wrong",
    meaning:
      "This machine's clock is not the database's, so it cannot check the times of events; `Retry-After` says when to send them again.",
  },
  "secret-unreadable": {
    status: 503,
    title: "A secret cannot be decrypted",
    meaning:
      "The request needs a stored secret, and this process does not have its encryption key; `detail` names the key. Ask an operator to add it to `TIDEMARK_ENCRYPTION_KEYS_OLD`.",
  },
  overloaded: {
    status: 503,
    title: "Too many events in progress",
    meaning:
      "This process holds as many bytes of events as `TIDEMARK_HTTP_INGEST_BYTES` allows; `Retry-After` says when to send again.",
  },
} as const;

export type ProblemKind = keyof typeof problemKinds;
