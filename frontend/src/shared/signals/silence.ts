import { textOf, type TradeSignal } from "./signal";

/** Said where nobody said why. */
export const NOT_ASKED = "not_asked";

/** Why the model gave no evidence; null where it spoke. */
export function silenceOf({ raw }: Pick<TradeSignal, "raw">): string | null {
  const said = raw.reasoning.mlPrediction;
  if (said?.["abstained"] === false) return null;
  if (said) return textOf(said["reason"]) ?? NOT_ASKED;
  const { absent } = raw.reasoning as { readonly absent?: Readonly<Record<string, unknown>> };
  return textOf(absent?.["ml"]) ?? NOT_ASKED;
}
