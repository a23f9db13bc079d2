/** What a door answers: to who is not signed in, private; to a visitor of an open dashboard; to everyone who signed in, of whatever role and team. */
export interface Rule {
  /** `:hour` and `:subscription` stand for what a test has made. */
  path: string;
  stranger: number;
  visitor: number;
  person: number;
}

const door = (path: string, stranger: number, visitor: number, person = visitor): Rule => ({
  path,
  stranger,
  visitor,
  person,
});
/** For readers: what a person may change is decided by the API's calls. */
const page = (path: string) => door(path, 307, 200);
/** Of an object that does not exist. */
const absent = (path: string) => door(path, 307, 404);
const everyone = (path: string) => door(path, 200, 200);

/** Every page.tsx and route.ts of app/. */
export const pageRules: Record<string, Rule> = {
  "(dashboard)/page.tsx": page("/"),
  "(dashboard)/account/page.tsx": page("/account"),
  "(dashboard)/alerts/page.tsx": page("/alerts"),
  "(dashboard)/alerts/channels/page.tsx": page("/alerts/channels"),
  "(dashboard)/alerts/channels/[name]/page.tsx": page("/alerts/channels/mail"),
  "(dashboard)/alerts/deliveries/page.tsx": page("/alerts/deliveries"),
  "(dashboard)/alerts/deliveries/[id]/page.tsx": absent("/alerts/deliveries/1000000"),
  "(dashboard)/alerts/incidents/[id]/page.tsx": absent("/alerts/incidents/1000000"),
  "(dashboard)/alerts/new-channel/page.tsx": page("/alerts/new-channel"),
  "(dashboard)/alerts/new-on-call-schedule/page.tsx": page("/alerts/new-on-call-schedule"),
  "(dashboard)/alerts/new-rule/page.tsx": page("/alerts/new-rule"),
  "(dashboard)/alerts/on-call/page.tsx": page("/alerts/on-call"),
  "(dashboard)/alerts/on-call/[name]/page.tsx": page("/alerts/on-call/ads"),
  "(dashboard)/alerts/rules/page.tsx": page("/alerts/rules"),
  "(dashboard)/alerts/rules/[name]/page.tsx": page("/alerts/rules/quiet"),
  "(dashboard)/alerts/silences/page.tsx": page("/alerts/silences"),
  "(dashboard)/audit/page.tsx": page("/audit"),
  "(dashboard)/completeness/page.tsx": page("/completeness"),
  "(dashboard)/consumers/page.tsx": page("/consumers"),
  "(dashboard)/consumers/new-webhook/page.tsx": page("/consumers/new-webhook"),
  "(dashboard)/consumers/subscriptions/[id]/page.tsx": page("/consumers/subscriptions/:subscription"),
  "(dashboard)/corrections/page.tsx": page("/corrections"),
  "(dashboard)/corrections/new/page.tsx": page("/corrections/new?action=accept-hour"),
  "(dashboard)/datacenters/page.tsx": page("/datacenters"),
  "(dashboard)/datacenters/[name]/page.tsx": page("/datacenters/ams"),
  "(dashboard)/deployments/page.tsx": page("/deployments"),
  "(dashboard)/deployments/hooks/page.tsx": page("/deployments/hooks"),
  "(dashboard)/deployments/hooks/[name]/page.tsx": page("/deployments/hooks/github"),
  "(dashboard)/deployments/new-hook/page.tsx": page("/deployments/new-hook"),
  "(dashboard)/docs/[[...slug]]/page.tsx": page("/docs/concepts"),
  "(dashboard)/event-types/page.tsx": page("/event-types"),
  "(dashboard)/event-types/[name]/page.tsx": page("/event-types/EndSong"),
  "(dashboard)/event-types/[name]/hours/[hour]/page.tsx": page("/event-types/Claimed/hours/:hour"),
  "(dashboard)/event-types/[name]/settings/page.tsx": page("/event-types/EndSong/settings"),
  "(dashboard)/event-types/[name]/trends/page.tsx": page("/event-types/EndSong/trends"),
  "(dashboard)/new-source/page.tsx": page("/new-source"),
  "(dashboard)/people/page.tsx": page("/people"),
  "(dashboard)/ready/page.tsx": page("/ready"),
  "(dashboard)/rejected-messages/page.tsx": page("/rejected-messages"),
  "(dashboard)/service-levels/page.tsx": page("/service-levels"),
  "(dashboard)/service-levels/excuses/page.tsx": page("/service-levels/excuses"),
  "(dashboard)/service-levels/excuses/new/page.tsx": page("/service-levels/excuses/new"),
  "(dashboard)/service-levels/reported/[id]/page.tsx": absent("/service-levels/reported/none"),
  "(dashboard)/sources/page.tsx": page("/sources"),
  "(dashboard)/sources/[name]/page.tsx": page("/sources/google"),
  "(dashboard)/status/page.tsx": page("/status"),
  // What the API's own operations answer, access-matrix.int.test.ts says.
  "api/[[...route]]/route.ts": door("/api/openapi.json", 401, 200),
  "docs-screens/[name]/route.ts": page("/docs-screens/board.png"),
  "healthz/route.ts": everyone("/healthz"),
  "metrics/route.ts": door("/metrics", 401, 200),
  "readyz/route.ts": everyone("/readyz?serving"),
  "sign-in/page.tsx": everyone("/sign-in"),
  "sign-in/link/page.tsx": everyone("/sign-in/link"),
  // No identity provider is set here; behind-nginx.product.test.ts signs in with one.
  "sign-in/oidc/route.ts": door("/sign-in/oidc", 404, 404),
  "sign-in/oidc/callback/route.ts": door("/sign-in/oidc/callback", 404, 404),
  "sign-in/oidc/back-channel-logout/route.ts": door("/sign-in/oidc/back-channel-logout", 405, 405),
};
