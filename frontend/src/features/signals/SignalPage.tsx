import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";

/** One signal, frozen: what it was decided from and what became of it. */
export function SignalPage({ id }: { readonly id: string }) {
  return <Card title={text.nav.signals}>{id}</Card>;
}
