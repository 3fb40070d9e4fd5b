"""Who may speak to whom, as the NetworkPolicies of some manifests have it, at both ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from manifests import Manifest, Manifests, Workload, selects

EVERY_PORT = (8001, 8080, 3001, 5432, 6379, *range(8101, 8111), 22, 80, 443)
INTERNET = ("104.18.32.7", "2606:4700::6812:2007")
INSIDE = ("10.96.0.1", "192.168.1.1", "172.16.4.2", "169.254.169.254", "127.0.0.1", "fd00::1")


@dataclass(frozen=True, slots=True, order=True)
class Arrow:
    caller: str
    called: str
    port: int


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody at the other end: a pod of this namespace, of another, or an address."""

    labels: dict[str, str]
    namespace: str | None = None
    address: str | None = None

    def is_one_of(self, peers: list[Manifest]) -> bool:
        return any(self._is(one) for one in peers)

    def _is(self, peer: Manifest) -> bool:
        if "ipBlock" in peer:
            return self.address is not None and _within(self.address, peer["ipBlock"])
        if self.address is not None:
            return False
        if "namespaceSelector" in peer:
            known = {"kubernetes.io/metadata.name": self.namespace or "own"}
            return selects(peer["namespaceSelector"], known) and selects(
                peer.get("podSelector", {}), self.labels
            )
        return self.namespace is None and selects(peer["podSelector"], self.labels)


def _within(address: str, block: Manifest) -> bool:
    one = ip_address(address)
    excepted = any(one in ip_network(cidr) for cidr in block.get("except", []))
    return one in ip_network(block["cidr"]) and not excepted


def rules(manifests: Manifests, pod: Workload, way: str) -> Iterator[Manifest]:
    """Of all policies that select the pod. At least one must, or everything is allowed."""
    chosen = [
        one["spec"]
        for one in manifests.of("NetworkPolicy")
        if way.capitalize() in one["spec"]["policyTypes"]
        and selects(one["spec"]["podSelector"], pod.labels)
    ]
    if not chosen:
        yield {}
    for spec in chosen:
        yield from spec.get(way, [])


def lets(rule: Manifest, end: str, peer: Peer, port: int, called: Workload | None) -> bool:
    """Whether one rule does; no peers or no ports named are all of them."""
    ports = {
        _number(one["port"], called)
        for one in rule.get("ports", [])
        if one.get("protocol", "TCP") == "TCP"
    }
    return (not rule.get("ports") or port in ports) and (
        end not in rule or peer.is_one_of(rule[end])
    )


def _number(port: int | str, called: Workload | None) -> int | None:
    if isinstance(port, int):
        return port
    names = called.container.get("ports", []) if called else []
    return next((one["containerPort"] for one in names if one["name"] == port), None)


def leaves(
    manifests: Manifests, caller: Workload, peer: Peer, port: int, to: Workload | None
) -> bool:
    return any(lets(one, "to", peer, port, to) for one in rules(manifests, caller, "egress"))


def enters(manifests: Manifests, called: Workload, peer: Peer, port: int) -> bool:
    return any(lets(one, "from", peer, port, called) for one in rules(manifests, called, "ingress"))


def allowed_arrows(manifests: Manifests) -> set[Arrow]:
    """Between our pods, as the policies of both ends together have it."""
    pods = manifests.workloads()
    return {
        Arrow(caller.name, called.name, port)
        for caller in pods
        for called in pods
        for port in EVERY_PORT
        if leaves(manifests, caller, Peer(called.labels), port, called)
        and enters(manifests, called, Peer(caller.labels), port)
    }


def half_open(manifests: Manifests) -> set[Arrow]:
    """Allowed at one end only: a policy that was forgotten, or one too many."""
    pods = manifests.workloads()
    return {
        Arrow(caller.name, called.name, port)
        for caller in pods
        for called in pods
        for port in EVERY_PORT
        if leaves(manifests, caller, Peer(called.labels), port, called)
        != enters(manifests, called, Peer(caller.labels), port)
    }
