//! The readme's part about VPCs that are peered: what to look at once they are deployed.

use super::page::Page;
use super::readme::Readme;
use super::shell::Shell;
use super::trial::Found;
use super::wiring::handle;
use crate::aws::{Describe, Kind, Region, VpcPeeringConnection};
use crate::text::text;

impl Readme<'_> {
    pub(super) fn peering(&self, page: &mut Page) {
        let peerings = self.found(|node| {
            VpcPeeringConnection::of(&node.resource)?;
            Some(handle(&node.name, node.resource.ref_word()))
        });
        let Some(first) = peerings.first() else {
            return;
        };
        let region = first.stack.region;
        page.title(text("readme.peering", "Look at the peering"));
        page.say(text(
            "readme.peering.what",
            "A peering connection that is active carries nothing by itself: each of the route tables that the last commands list has a route over it, on both sides. Without one of them, packets or their answers find no way.",
        ));
        page.say(match self.far(first) {
            None => text(
                "readme.peering.analyzer",
                "Reachability Analyzer then says NO_ROUTE_TO_DESTINATION.",
            ),
            Some(_) => text(
                "readme.peering.transit",
                "A transit gateway is left out on purpose: between two VPCs it carries nothing that peering does not, and it costs by the hour for each attachment and by the gigabyte. Where many VPCs have to reach one another, it is the better way.",
            ),
        });
        for shell in Shell::ALL {
            let mut lines = shell.set("prefix", self.bundle.blueprint);
            lines += &self.look_up(shell, "peering", first);
            let far = self.far(first).map(|far| format!("\n{}", tables(far)));
            lines += &format!(
                "aws ec2 describe-vpc-peering-connections --region {region} --vpc-peering-connection-ids \"$peering\" --query 'VpcPeeringConnections[0].Status.Code' --output text\n\
                 {}{}",
                tables(region),
                far.unwrap_or_default()
            );
            page.code(shell, &lines);
        }
        self.names_over(page, first);
    }
    /// CloudFormation has no property for it, and nothing of the design needs it: the private zone answers without.
    fn names_over(&self, page: &mut Page, found: &Found<'_>) {
        let near = found.stack.region;
        let far = self.far(found).unwrap_or(near);
        page.say(text(
            "readme.peering.names",
            "One thing CloudFormation cannot set is whether the public names of instances resolve to their private addresses from the other side. No name of this design needs it. Where one of yours does, switch it on for each side, in the shell of the commands above:",
        ));
        let command = |region: Region, side: &str| {
            format!(
                "aws ec2 modify-vpc-peering-connection-options --region {region} --vpc-peering-connection-id \"$peering\" --{side}-peering-connection-options AllowDnsResolutionFromRemoteVpc=true"
            )
        };
        let lines = [command(near, "requester"), command(far, "accepter")];
        page.code(Shell::Bash, &lines.join("\n"));
    }

    /// The Region at the other end of a peering connection, where it is another one.
    fn far(&self, found: &Found<'_>) -> Option<Region> {
        let mut all = self.bundle.topology.all::<VpcPeeringConnection>();
        all.find(|(name, _)| handle(name, VpcPeeringConnection::REF) == found.output)
            .and_then(|(_, it)| it.far())
    }
}

fn tables(region: Region) -> String {
    format!(
        "aws ec2 describe-route-tables --region {region} --filters \"Name=route.vpc-peering-connection-id,Values=$peering\" --query 'RouteTables[].[VpcId,RouteTableId]' --output table"
    )
}
