import { requestId } from "hono/request-id";
import { NotFound } from "#server/errors.ts";
import { alertRoutes } from "./alerts.ts";
import { requireAllowedMethod } from "./allowed-methods.ts";
import type { ApiDeps } from "./api-deps.ts";
import { auditRoutes } from "./audit.ts";
import { authentication } from "./authentication.ts";
import { backtestRoutes } from "./backtests.ts";
import { boardRoutes } from "./board.ts";
import { cacheRules, entityTags } from "./caching.ts";
import { catalogueRoutes } from "./catalogue.ts";
import { changeRoutes } from "./changes.ts";
import { channelEventRoutes } from "./channel-events.ts";
import { channelRoutes } from "./channels.ts";
import { consumerRoutes } from "./consumers.ts";
import { correctionRoutes } from "./corrections.ts";
import { datacenterRoutes } from "./datacenters.ts";
import { deletedNameRoutes } from "./deleted-names.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { deploymentRoutes } from "./deployments.ts";
import { serveDocumentation } from "./documentation.ts";
import { eventTypeRoutes } from "./event-types.ts";
import { eventRoutes } from "./events.ts";
import { explanationRoutes } from "./explanations.ts";
import { feedRoutes } from "./feeds.ts";
import { heavyCalls, limitHeavyWork } from "./heavy-work.ts";
import { historyRoutes } from "./history.ts";
import { deploymentHookRoutes, hookDeliveryRoutes } from "./hooks.ts";
import { hourRoutes } from "./hours.ts";
import { incidentRoutes } from "./incidents.ts";
import { lineageRoutes } from "./lineage.ts";
import { matrixRoutes } from "./matrix.ts";
import type { Metrics } from "./metrics.ts";
import { normalisedUrl } from "./normalised-url.ts";
import { onCallCalendarRoutes, onCallRoutes } from "./on-call.ts";
import { peopleRoutes } from "./people.ts";
import { answerProblem } from "./problems.ts";
import { providerRoutes } from "./provider.ts";
import { limitRequests, throttleSignIn } from "./rate-limits.ts";
import { readyRoutes } from "./ready.ts";
import { rejectedMessageRoutes } from "./rejected-messages.ts";
import { type ApiRouter, createRouter } from "./router.ts";
import { routingRoutes } from "./routing.ts";
import { ruleRoutes } from "./rules.ts";
import { sessionRoutes } from "./session.ts";
import { sessionListRoutes } from "./sessions.ts";
import { settingRoutes } from "./settings.ts";
import { silenceRoutes } from "./silences.ts";
import { slackInteractionRoutes } from "./slack-interactions.ts";
import { sloRoutes } from "./slo.ts";
import { sourceRoutes } from "./sources.ts";
import { statusRoutes } from "./status.ts";
import { subscriptionRoutes } from "./subscriptions.ts";
import { tierRoutes } from "./tiers.ts";
import { tokenRoutes } from "./tokens.ts";
import { volumeRoutes } from "./volume.ts";

/** One router per noun, below `/api/v1`. Each parses, calls one use case and answers. */
const nouns: readonly ((deps: ApiDeps) => ApiRouter)[] = [
  eventRoutes,
  catalogueRoutes,
  eventTypeRoutes,
  hourRoutes,
  readyRoutes,
  historyRoutes,
  explanationRoutes,
  consumerRoutes,
  lineageRoutes,
  subscriptionRoutes,
  matrixRoutes,
  volumeRoutes,
  boardRoutes,
  statusRoutes,
  settingRoutes,
  changeRoutes,
  datacenterRoutes,
  tierRoutes,
  deploymentRoutes,
  deploymentHookRoutes,
  deliveryRoutes,
  alertRoutes,
  incidentRoutes,
  ruleRoutes,
  backtestRoutes,
  routingRoutes,
  channelRoutes,
  onCallRoutes,
  correctionRoutes,
  deletedNameRoutes,
  silenceRoutes,
  rejectedMessageRoutes,
  sourceRoutes,
  sloRoutes,
  tokenRoutes,
  peopleRoutes,
  sessionListRoutes,
  auditRoutes,
];

/** They decide themselves who they answer: signing in, what every visitor may read, and what other services sign. */
const beforeAuthentication: readonly ((deps: ApiDeps) => ApiRouter)[] = [
  sessionRoutes,
  feedRoutes,
  onCallCalendarRoutes,
  channelEventRoutes,
  slackInteractionRoutes,
  hookDeliveryRoutes,
];

/** The whole API: `/api/v1/…` behind authentication, its documentation public. */
export function createApi(deps: ApiDeps, metrics?: Pick<Metrics, "observe">): ApiRouter {
  const v1 = createRouter();
  const countRequests = limitRequests(deps.requestsPerMinute ?? null);
  v1.on("POST", "/session", throttleSignIn());
  for (const routes of beforeAuthentication) {
    const router = routes(deps);
    for (const path of new Set(router.routes.map((route) => route.path))) v1.use(path, countRequests);
    v1.route("/", router);
  }
  v1.use(authentication(deps), countRequests);
  v1.on("POST", [...heavyCalls], limitHeavyWork());
  for (const routes of nouns) v1.route("/", routes(deps));

  const api = createRouter();
  if (metrics) api.use(metrics.observe);
  api.use(requestId(), cacheRules(), entityTags(), requireAllowedMethod(api));
  api.route("/api/v1", v1);
  api.route("/sign-in/oidc", providerRoutes(deps));
  serveDocumentation(api, deps);
  api.notFound((c) => {
    const problem = new NotFound(`${c.req.method} ${c.req.path} does not exist. /api/docs lists every call.`);
    return answerProblem(problem, c, deps.log);
  });
  api.onError((error, c) => answerProblem(error, c, deps.log));
  const { fetch } = api;
  api.fetch = (request, ...rest) => {
    const url = normalisedUrl(request.url);
    return fetch(url === request.url ? request : new Request(url, request), ...rest);
  };
  return api;
}
