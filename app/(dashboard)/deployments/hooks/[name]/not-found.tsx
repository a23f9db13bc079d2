import { NothingOfThisName } from "#components/ui/nothing-at-this-address.tsx";

export default function NoSuchHook() {
  return <NothingOfThisName what="Deployment hook" href="/deployments/hooks" list="Deployment hooks" />;
}
