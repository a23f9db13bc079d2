import { NothingOfThisName } from "#components/ui/nothing-at-this-address.tsx";

export default function NoSuchSource() {
  return <NothingOfThisName what="Source" href="/sources" list="Sources" />;
}
