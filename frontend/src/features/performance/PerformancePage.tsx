import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";

/** What became of the signals, over time and beside their baselines. */
export function PerformancePage() {
  return <Card title={text.nav.performance}>{text.none}</Card>;
}
