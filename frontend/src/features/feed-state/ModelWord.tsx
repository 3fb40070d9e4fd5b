import { usePlatformStatus } from "@/shared/status/use-platform-status";
import { useView } from "@/shared/view/use-view";
import { modelWord } from "./model-word";

const ASK_EVERY_MS = 60_000;

/** Which model speaks here, or that rules alone do; nothing before the first answer. */
export function ModelWord() {
  const [{ symbol, timeframe }] = useView();
  const { data: status } = usePlatformStatus(ASK_EVERY_MS);
  return <span className="truncate">{status && modelWord(status, symbol, timeframe)}</span>;
}
