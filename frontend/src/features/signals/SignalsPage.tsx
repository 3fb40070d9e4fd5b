import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";

/** Every decision of a market and timeframe. */
export function SignalsPage() {
  return <Card title={text.nav.signals}>{text.none}</Card>;
}
