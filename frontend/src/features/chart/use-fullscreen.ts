import { useEffect, useState, type RefObject } from "react";

export interface Fullscreen {
  /** Not every browser lets a part of a page fill the screen. */
  readonly isPossible: boolean;
  readonly isOn: boolean;
  readonly toggle: () => void;
}

/** Has the element fill the screen, and shrink back. */
export function useFullscreen(element: RefObject<HTMLElement | null>): Fullscreen {
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    const onChange = () => setOn(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", onChange);
    return () => document.removeEventListener("fullscreenchange", onChange);
  }, []);
  return {
    isPossible: document.fullscreenEnabled,
    isOn,
    toggle: () => {
      if (isOn) void document.exitFullscreen();
      else void element.current?.requestFullscreen();
    },
  };
}
