/** Longest name that is recorded with an act. */
export const maxActorName = 200;

/** Names under which Tidemark itself and services act, folded. */
const ownNames = ["tidemark", "admin", "dashboard", "visitor", "system", "worker", "pagerduty", "slack"];

/** One line without control, format and other invisible characters, at most 200 characters long. */
export function cleanActorName(text: string): string {
  const oneLine = text.normalize("NFC").replace(/[\p{C}\p{Default_Ignorable_Code_Point}]/gu, "");
  return [...oneLine.replace(/[\s\p{Z}]+/gu, " ").trim()].slice(0, maxActorName).join("").trim();
}

/** Names that fold to the same are the same to a reader: case, width and invisible characters do not count. */
export function foldActorName(name: string): string {
  // To upper case first: ß and SS, and the two small sigmas, then become the same letters.
  return cleanActorName(name.normalize("NFKC")).toUpperCase().toLowerCase().normalize("NFKC");
}

/** Why no person and no token may have the name, in a sentence; null: it is free for them. */
export function refuseActorName(name: string): string | null {
  const folded = foldActorName(name);
  if (folded === "") return "A name needs at least one visible character.";
  const isOwn = ownNames.includes(folded) || folded.startsWith("worker:") || /\((?:pagerduty|slack)\)$/.test(folded);
  return isOwn
    ? `${JSON.stringify(cleanActorName(name))} is a name under which Tidemark itself or a connected service acts. Choose another one.`
    : null;
}

/** What an identity provider says of a person's name. */
export interface NameClaims {
  readonly name: string | null;
  readonly preferredUsername: string | null;
  readonly email: string | null;
  readonly subject: string;
}

/** Names for a person, the best first: each later one is for when someone else has those before it. */
export function actorNamesOf({ name, preferredUsername, email, subject }: NameClaims): string[] {
  const [base = ""] = [name, preferredUsername, email, subject]
    .map((text) => cleanActorName(text ?? ""))
    .filter(Boolean);
  // What distinguishes two people must not be cut off.
  const with_ = (text: string) => `${base.slice(0, Math.max(maxActorName - text.length - 3, 20))} (${text})`;
  const mail = cleanActorName(email ?? "");
  return [base, ...(mail === "" || mail === base ? [] : [with_(mail)]), with_(cleanActorName(subject))];
}
