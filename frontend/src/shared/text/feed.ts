import type { FeedCondition } from "@/shared/live/judge-feed";

const FEED_STATES: Readonly<Record<FeedCondition, string>> = {
  connecting: "Connecting",
  live: "Live",
  delayed: "Delayed",
  stale: "Stale",
  offline: "Offline",
  ended: "Ended",
  unknown: "State not known",
  reconnecting: "Reconnecting",
};

const RULES_ONLY: Readonly<Record<string, string>> = {
  no_model: "no model yet",
  no_skill: "model without skill",
  model_unreadable: "model unreadable",
};

export const feed = {
  region: "Feed state",
  state: (condition: FeedCondition) => FEED_STATES[condition],
  announced: (condition: FeedCondition) => `Feed: ${FEED_STATES[condition]}.`,
  tick: (age: string) => `tick ${age}`,
  seconds: (seconds: string) => `${seconds}s`,
  minutes: (minutes: number) => `${minutes} min`,
  barCloses: (clock: string, zone: string) => `bar closes ${clock} ${zone}`,
  replay: "Replay",
  simulated: "Simulated market",
  reason: {
    delayed: "The exchange's events arrive late.",
    stale: "No event from the exchange: the price may have moved. Signals are paused.",
    offline: "The market feed is down, signals are paused. Trying again on its own.",
    ended: "The recording is over: this is its last price.",
    unknown: "The platform says more of its feed than this page knows: load it again.",
    reconnecting: "The connection to the platform is lost. Trying again on its own.",
  },
  retry: "Retry",
  model: (id: string, drift: string) => `model ${id}, ${drift}`,
  drift: {
    usual: "drift OK",
    unusual: "drift unusual",
    notKnown: "drift not known yet",
    degraded: "degraded",
  },
  rulesOnly: (reason: string) => {
    const why = RULES_ONLY[reason];
    return why === undefined ? "rules only" : `rules only: ${why}`;
  },
  modelAway: "model not known",
  refused: (reason: string) => `Live updates were refused: ${reason}`,
} as const;
