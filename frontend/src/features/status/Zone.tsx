/** Names the zone of a card's times beside its title. */
export function Zone({ zone }: { readonly zone: string }) {
  return <span className="text-axis text-muted">{zone}</span>;
}
