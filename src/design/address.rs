//! Which addresses are free for a VPC.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use crate::aws::overlap;

/// Private ranges: RFC 1918, and RFC 6598's shared space, which a VPC may use too.
pub const PRIVATE: [Ipv4Net; 4] = [
    net([10, 0, 0, 0], 8),
    net([172, 16, 0, 0], 12),
    net([192, 168, 0, 0], 16),
    net([100, 64, 0, 0], 10),
];

/// What Docker takes for itself, as in Cloud9 and SageMaker AI (VPC user guide, VPC CIDR blocks).
pub const DOCKER: Ipv4Net = net([172, 17, 0, 0], 16);

/// A range from its first address.
pub const fn net([a, b, c, d]: [u8; 4], length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length)
}

/// The first free block of a size behind a range: in the private family that the range belongs to, round its end to its
/// front, then in the others.
pub fn next_free(length: u8, behind: Ipv4Net, taken: &[Ipv4Net]) -> Option<Ipv4Net> {
    let own = PRIVATE.iter().find(|it| it.contains(&behind));
    let rest = own.and_then(|it| free_from(*it, after(&behind), length, taken));
    rest.or_else(|| {
        let families = own.into_iter().chain(&PRIVATE);
        let mut free = families.filter_map(|it| free_from(*it, first(it), length, taken));
        free.next()
    })
}

/// The first free block of a size in a family, from an address on.
fn free_from(family: Ipv4Net, from: u64, length: u8, taken: &[Ipv4Net]) -> Option<Ipv4Net> {
    let size = 1_u64 << (32 - length.min(32));
    let mut at = from.next_multiple_of(size);
    while at + size <= after(&family) {
        let block = Ipv4Net::new(u32::try_from(at).ok()?.into(), length).ok()?;
        let mut hits = taken.iter().chain([&DOCKER]);
        match hits.find(|it| overlap(it, &block)) {
            Some(hit) => at = after(hit).next_multiple_of(size),
            None => return Some(block),
        }
    }
    None
}

fn first(range: &Ipv4Net) -> u64 {
    u32::from(range.network()).into()
}

/// The address behind a range's last.
fn after(range: &Ipv4Net) -> u64 {
    u64::from(u32::from(range.broadcast())) + 1
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::next_free;

    #[test]
    fn the_next_free_block_is_behind_the_range_and_touches_nothing() {
        for (length, behind, taken, free) in [
            (16, "10.0.0.0/16", "10.0.0.0/16", "10.1.0.0/16"),
            (
                16,
                "10.0.0.0/16",
                "10.0.0.0/16,10.1.4.0/24,10.2.0.0/15",
                "10.4.0.0/16",
            ),
            (20, "10.20.0.0/20", "10.20.0.0/20", "10.20.16.0/20"),
            (16, "10.255.0.0/16", "10.255.0.0/16", "10.0.0.0/16"),
            (16, "172.16.0.0/16", "172.16.0.0/16", "172.18.0.0/16"),
            (
                24,
                "192.168.255.0/24",
                "192.168.255.0/24,192.168.0.0/17",
                "192.168.128.0/24",
            ),
            (16, "192.168.0.0/16", "192.168.0.0/16", "10.0.0.0/16"),
            (16, "8.8.0.0/16", "8.8.0.0/16", "10.0.0.0/16"),
            (16, "10.0.0.0/8", "10.0.0.0/8", "172.16.0.0/16"),
        ] {
            let taken: Vec<_> = taken.split(',').map(|it| it.parse().unwrap()).collect();
            let found = next_free(length, behind.parse().unwrap(), &taken);
            assert_eq!(found.unwrap().to_string(), free, "{behind}");
        }
    }
}
