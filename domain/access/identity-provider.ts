/** How Tidemark is registered with a provider. */
export interface ProviderOptions {
  /** With its trailing slash, if it has one. http only on loopback. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** On the button: "Sign in with …". */
  readonly name: string;
  readonly scopes: string;
  readonly groupsClaim: string;
  /** `…/sign-in/oidc/callback`, as registered with the provider. */
  readonly redirectUri: string;
  /** Where the provider sends the browser after signing out there. */
  readonly signedOutUri: string;
}

/** What a browser keeps while its person signs in at the provider. */
export interface SignInFlow {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** Who signed in, as the provider says. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string | null;
  readonly preferredUsername: string | null;
  readonly email: string | null;
  readonly groups: readonly string[];
  /** The provider's session, which its logout messages may name. */
  readonly sid: string | null;
  /** Names the session to end when signing out at the provider. */
  readonly idToken: string;
}

/** A provider's message that sessions have ended. At least one of `subject` and `sid` is there. */
export interface LogoutMessage {
  readonly issuer: string;
  readonly subject: string | null;
  readonly sid: string | null;
  /** Its `jti`: the same message is accepted once. */
  readonly id: string;
  /** From then on the message is refused for its age. */
  readonly expiresAt: Date;
}

/** An OpenID Connect provider. Its calls throw ProviderUnavailable, or ProviderRefusal for what it or we refuse. */
export interface IdentityProvider {
  /** On the button: "Sign in with …". */
  readonly name: string;
  /** Where the browser goes, and what it must bring back. */
  begin(): Promise<{ url: string; flow: SignInFlow }>;
  /** `search`: the query with which the browser came back. */
  finish(search: string, flow: SignInFlow): Promise<Identity>;
  readLogout(token: string): Promise<LogoutMessage>;
  /** Where the browser goes to sign out there too; null: the provider has no such page, or does not answer. */
  signOutUrl(idToken: string | null): Promise<string | null>;
  isReachable(): Promise<boolean>;
}

/** The provider does not answer, or answers with what is not OpenID Connect. */
export class ProviderUnavailable extends Error {}

/** A sign-in or logout message that does not hold; the message says why, for the person who signs in. */
export class ProviderRefusal extends Error {}
