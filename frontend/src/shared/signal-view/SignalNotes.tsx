import type { TradeSignal } from "@/shared/signals/signal";
import { Badge } from "./Badge";
import { signalNotes } from "./signal-notes";

/** The reservations about a signal, each with its sentence. */
export function SignalNotes({ signal }: { readonly signal: TradeSignal }) {
  const notes = signalNotes(signal);
  if (notes.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-axis text-muted">
      {notes.map(({ label, sentence }) => (
        <li key={sentence}>
          {label !== null && (
            <>
              <Badge label={label} />{" "}
            </>
          )}
          {sentence}
        </li>
      ))}
    </ul>
  );
}
