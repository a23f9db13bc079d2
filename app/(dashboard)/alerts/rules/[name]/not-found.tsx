import { NothingOfThisName } from "#components/ui/nothing-at-this-address.tsx";

export default function NoSuchRule() {
  return <NothingOfThisName what="Rule" href="/alerts/rules" list="Rules" />;
}
