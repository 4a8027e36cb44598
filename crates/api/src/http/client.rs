//! Where a request comes from (SEC-46, RT-17): the peer of the connection, unless it is one of the proxies that the operator
//! trusts. Their `X-Forwarded-For` is then read from the right, past those proxies only: what a client writes on the left
//! of it is never looked at.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

use actix_web::HttpRequest;
use ipnet::IpNet;

static FORWARDED: &str = "x-forwarded-for";

/// The networks of the proxies in front; none by default: the header is then ignored, for anybody may write it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies(Vec<IpNet>);

/// A list that is not one of networks, or that would trust everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotNetworks;

impl FromStr for Proxies {
    type Err = NotNetworks;

    /// Reads `10.0.0.0/8,::1/128`.
    fn from_str(list: &str) -> Result<Self, NotNetworks> {
        let network = |text: &str| text.trim().parse().ok().filter(|network: &IpNet| network.prefix_len() > 0);
        list.split(',').map(network).collect::<Option<Vec<_>>>().map(Self).ok_or(NotNetworks)
    }
}

impl std::fmt::Display for Proxies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.iter().map(IpNet::to_string).collect::<Vec<_>>().join(","))
    }
}

impl Proxies {
    /// Whether this is the address of one of them; a mapped IPv4 address is the IPv4 address.
    fn hold(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The first address from the right that is not one of theirs. When there is none, or something else than an address
    /// comes first, nothing is known beyond the peer.
    fn beyond<'a>(&self, peer: IpAddr, chain: impl DoubleEndedIterator<Item = &'a str>) -> IpAddr {
        if !self.hold(peer) {
            return peer;
        }
        for entry in chain.rev() {
            match address(entry) {
                Some(one) if self.hold(one) => {}
                Some(client) => return client,
                None => return peer,
            }
        }
        peer
    }
}

/// An entry of the header; some proxies add the port.
fn address(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let bare = entry.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(entry);
    let with_port = || entry.parse::<SocketAddr>().ok().map(|address| address.ip());
    bare.parse().ok().or_else(with_port)
}

/// Address of the client of a request.
pub fn address_of(req: &HttpRequest, proxies: &Proxies) -> IpAddr {
    let peer = req.peer_addr().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |address| address.ip());
    // A line that is not text is one entry that is not an address: leaving it out would move the others.
    let lines: Vec<&str> = req.headers().get_all(FORWARDED).map(|line| line.to_str().unwrap_or("?")).collect();
    proxies.beyond(peer, lines.iter().flat_map(|line| line.split(',')))
}

/// One household or office is one client: an IPv6 subscriber owns a whole /64.
pub fn group(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) & !u128::from(u64::MAX)).into()),
        v4 => v4,
    }
}
