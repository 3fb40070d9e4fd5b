import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";

/** What this browser remembers of its reader. */
export function SettingsPage() {
  return <Card title={text.nav.settings}>{text.none}</Card>;
}
