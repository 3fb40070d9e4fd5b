/** Which indicators the chart shows, and what they say now. */
export function IndicatorsPanel() {
  return null;
}
