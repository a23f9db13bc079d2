import { NothingOfThisName } from "#components/ui/nothing-at-this-address.tsx";

export default function NoSuchWebhook() {
  return <NothingOfThisName what="Webhook" href="/consumers" list="Consumers" />;
}
