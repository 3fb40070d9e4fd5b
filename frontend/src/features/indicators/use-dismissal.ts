import { useEffect, useEffectEvent, type RefObject } from "react";

/** Calls back when Escape is pressed in the element, or something else on the page. */
export function useDismissal(
  element: RefObject<HTMLElement | null>,
  isOpen: boolean,
  dismiss: () => void,
): void {
  const onDismiss = useEffectEvent(dismiss);
  useEffect(() => {
    if (!isOpen) return undefined;
    const onPress = ({ target }: PointerEvent) => {
      if (target instanceof Node && !element.current?.contains(target)) onDismiss();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") onDismiss();
    };
    const place = element.current;
    document.addEventListener("pointerdown", onPress);
    place?.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onPress);
      place?.removeEventListener("keydown", onKey);
    };
  }, [element, isOpen]);
}
