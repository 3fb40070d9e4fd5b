import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";

/** The newest signals and patterns, below the chart. */
export function SignalsPanel() {
  return <Card title={text.nav.signals}>{text.none}</Card>;
}
