import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";

/** The signal that is shown, and whether to believe it. */
export function SignalCard() {
  return <Card title={text.nav.signals}>{text.none}</Card>;
}
