// Runs in the dashboard's page before its own scripts, for dashboard.py. All times are
// performance.now() milliseconds.
(() => {
  const probe = { ticks: { chart: [], header: [] }, shift: 0, frames: [] };
  window.probe = probe;

  /** Prices that the socket brought and the screen has not shown yet, with their arrival. */
  const waiting = { chart: new Map(), header: new Map() };

  /** After the next frame was painted: a frame's callbacks run before it, a message after it. */
  const afterPaint = (work) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = work;
      port2.postMessage(null);
    });

  const priceIn = (frame) => {
    if (typeof frame !== "string" || !frame.startsWith("42[")) return null;
    const [name, body] = JSON.parse(frame.slice(2));
    if (name === "price_update") return body.price;
    return name === "candle_update" && !body.closed ? body.candle[4] : null;
  };

  const hear = ({ data }) => {
    const price = priceIn(data);
    if (price === null) return;
    for (const prices of Object.values(waiting)) {
      if (!prices.has(price)) prices.set(price, performance.now());
    }
  };

  window.WebSocket = class extends window.WebSocket {
    constructor(...address) {
      super(...address);
      this.addEventListener("message", hear);
    }
  };

  /** A price is on screen: it and those before it, which it has overtaken, wait no longer. */
  const show = (place, price) => {
    const arrivedMs = waiting[place].get(price);
    if (arrivedMs === undefined) return;
    for (const [other, otherMs] of waiting[place]) {
      if (otherMs <= arrivedMs) waiting[place].delete(other);
    }
    afterPaint(() => probe.ticks[place].push(performance.now() - arrivedMs));
  };

  const chart = () => document.querySelector("[data-testid=chart]");
  const looks = {
    chart: () => Number(chart()?.dataset.lastClose),
    header: () => Number(document.querySelector("[data-testid=price]")?.textContent.replaceAll(",", "")),
  };
  const shown = { chart: NaN, header: NaN };
  new MutationObserver(() => {
    for (const [place, look] of Object.entries(looks)) {
      const price = look();
      if (price === shown[place]) continue;
      shown[place] = price;
      show(place, price);
    }
  }).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ["data-last-close"],
  });

  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) {
      if (!hadRecentInput) probe.shift += value;
    }
  }).observe({ type: "layout-shift", buffered: true });

  /** Keeps the time of every frame until `probe.frames` is taken away. */
  probe.countFrames = () => {
    const frames = (probe.frames = []);
    const count = (atMs) => {
      if (probe.frames !== frames) return;
      frames.push(atMs);
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  };
  probe.takeFrames = () => {
    const { frames } = probe;
    probe.frames = [];
    return frames;
  };

  /** From the click on a timeframe until its bars are painted. */
  probe.switchTo = (timeframe) =>
    new Promise((resolve) => {
      const startedMs = performance.now();
      const look = () => {
        const { timeframe: drawn, bars } = chart()?.dataset ?? {};
        if (drawn !== timeframe || !(Number(bars) > 0)) return;
        watch.disconnect();
        afterPaint(() => resolve(performance.now() - startedMs));
      };
      const watch = new MutationObserver(look);
      watch.observe(chart(), { attributes: true });
      document.querySelector(`[data-testid=timeframe-${timeframe}]`).click();
      look();
    });
})();
