import type { Notification, SendOutcome } from "#domain/notification.ts";
import type { Egress } from "./egress.ts";
import { outcomeOf, outcomeOfFailure, postHttp } from "./post-http.ts";
import { teamsMessage } from "./teams-card.ts";

export interface TeamsTarget {
  /** Of a workflow that begins with "When a Teams webhook request is received". It contains the key that authorises it. */
  webhookUrl: string;
  publicUrl: string;
  egress: Egress;
  timeoutMs?: number;
}

/** One card for each change: a workflow can post, and not edit. It answers 202 before the card is posted. */
export async function sendTeams(target: TeamsTarget, notification: Notification): Promise<SendOutcome> {
  try {
    const answer = await postHttp({
      url: target.webhookUrl,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(teamsMessage(notification, target.publicUrl)),
      // A proxy of one's own may stand before Teams.
      egress: target.egress,
      ...(target.timeoutMs === undefined ? {} : { timeoutMs: target.timeoutMs }),
    });
    const outcome = outcomeOf(answer);
    // A workflow that was just created or saved is briefly unknown, and one that is off can be turned on.
    const isPassing = answer.status === 404 || answer.status === 409 || /WorkflowTriggerIsNotEnabled/.test(answer.text);
    return isPassing && outcome.outcome === "permanent" ? { ...outcome, outcome: "retryable" } : outcome;
  } catch (error) {
    return outcomeOfFailure(error);
  }
}
