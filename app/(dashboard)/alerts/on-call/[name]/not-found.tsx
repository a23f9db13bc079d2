import { NothingOfThisName } from "#components/ui/nothing-at-this-address.tsx";

export default function NoSuchSchedule() {
  return <NothingOfThisName what="Schedule" href="/alerts/on-call" list="On call" />;
}
