import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";

/** How each part of the platform is. */
export function StatusPage() {
  return <Card title={text.nav.status}>{text.none}</Card>;
}
