import type { KeyboardEvent, PointerEvent } from "react";
import { text } from "@/shared/text";
import { CLOSED_PX, fittingHeight, heightAfterKey, tallestPx } from "./drawer-height";

interface DrawerHandleProps {
  readonly heightPx: number;
  readonly onResize: (heightPx: number) => void;
}

/** The upper edge of the drawer: dragged, or moved by arrows, it makes it taller or shorter. */
export function DrawerHandle({ heightPx, onResize }: DrawerHandleProps) {
  const words = text.signals.drawer;
  const grab = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const drag = ({ currentTarget, pointerId, clientY }: PointerEvent<HTMLElement>) => {
    if (!currentTarget.hasPointerCapture(pointerId)) return;
    const bottom = currentTarget.parentElement?.getBoundingClientRect().bottom ?? clientY;
    onResize(fittingHeight(bottom - clientY, window.innerHeight));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = heightAfterKey(event.key, heightPx, window.innerHeight);
    if (next === null) return;
    event.preventDefault();
    onResize(next);
  };
  return (
    // A separator that can be moved is a control, which the rule does not know.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="separator"
      aria-orientation="horizontal"
      aria-label={words.resize}
      aria-valuemin={CLOSED_PX}
      aria-valuemax={tallestPx(window.innerHeight)}
      aria-valuenow={heightPx}
      aria-valuetext={words.height(heightPx)}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onPointerDown={grab}
      onPointerMove={drag}
      onKeyDown={onKeyDown}
      className="absolute inset-x-0 -top-1.5 z-10 hidden h-3 cursor-row-resize touch-none rounded-card after:absolute after:inset-x-0 after:top-1 after:mx-auto after:h-1 after:w-10 after:rounded-full hover:after:bg-control focus-visible:after:bg-control md:block"
    />
  );
}
