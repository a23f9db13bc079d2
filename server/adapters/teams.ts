import type { Notification, SendOutcome } from "#domain/notification.ts";
import { outcomeOf } from "./post-http.ts";
import { sendJson, type Way } from "./send-json.ts";
import { teamsMessage } from "./teams-card.ts";

export interface TeamsTarget extends Way {
  /** Of a workflow that begins with "When a Teams webhook request is received". It contains the key that authorises it. */
  webhookUrl: string;
  publicUrl: string;
}

/** One card for each change: a workflow can post, and not edit. It answers 202 before the card is posted. */
export async function sendTeams(target: TeamsTarget, notification: Notification): Promise<SendOutcome> {
  const message = { url: target.webhookUrl, body: teamsMessage(notification, target.publicUrl) };
  return sendJson(target, message, (answer) => {
    const outcome = outcomeOf(answer);
    // A workflow that was just created or saved is briefly unknown, and one that is off can be turned on.
    const isPassing = answer.status === 404 || answer.status === 409 || /WorkflowTriggerIsNotEnabled/.test(answer.text);
    return isPassing && outcome.outcome === "permanent" ? { ...outcome, outcome: "retryable" } : outcome;
  });
}
