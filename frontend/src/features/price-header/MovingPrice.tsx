import { useState } from "react";

interface MovingPriceProps {
  readonly price: number | null;
  readonly shown: string;
  readonly isMuted: boolean;
}

/** The price, tinted for a moment in the direction it moved. */
export function MovingPrice({ price, shown, isMuted }: MovingPriceProps) {
  const [before, setBefore] = useState(price);
  const [tint, setTint] = useState("");
  if (price !== before) {
    setBefore(price);
    setTint(price === null || before === null ? "" : price > before ? "tick-up" : "tick-down");
  }
  return (
    <span
      data-testid="price"
      className={`min-w-[4.5em] text-price font-semibold ${isMuted ? "text-muted" : "text-text"}`}
    >
      <span key={price} className={isMuted ? "" : tint}>
        {shown}
      </span>
    </span>
  );
}
