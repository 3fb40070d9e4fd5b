import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";

/** What each family says on each timeframe. */
export function Confluence() {
  return <Card title={text.nav.signals}>{text.none}</Card>;
}
