/** Who can sign in at the provider of the private dashboard, each with another role here. Their groups are also their teams. */
export const oidcAccounts = {
  vera: { name: "Vera Viewer", email: "vera@example.com", groups: ["staff"] },
  rosa: { name: "Rosa Responder", email: "rosa@example.com", groups: ["staff", "on-call"] },
  edda: { name: "Edda Editor", email: "edda@example.com", groups: ["staff", "data-eng", "content"] },
  adam: { name: "Adam Admin", email: "adam@example.com", groups: ["staff", "sre-leads"] },
  sam: { name: "Sam Sales", email: "sam@example.com", groups: ["sales"] },
} as const;
