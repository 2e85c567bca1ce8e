//! The readme's part about VPCs that are peered: what to look at once they are deployed.

use super::page::Page;
use super::readme::Readme;
use super::shell::Shell;
use super::wiring::handle;
use crate::aws::{Kind, VpcPeeringConnection};
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
            "A peering connection that is active carries nothing by itself: each of the route tables that the last command lists has a route over it, on both sides. Without one of them, packets or their answers find no way: Reachability Analyzer then says NO_ROUTE_TO_DESTINATION.",
        ));
        for shell in Shell::ALL {
            let mut lines = shell.set("prefix", self.bundle.blueprint);
            lines += &self.look_up(shell, "peering", first);
            lines += &format!(
                "aws ec2 describe-vpc-peering-connections --region {region} --vpc-peering-connection-ids \"$peering\" --query 'VpcPeeringConnections[0].Status.Code' --output text\n\
                 aws ec2 describe-route-tables --region {region} --filters \"Name=route.vpc-peering-connection-id,Values=$peering\" --query 'RouteTables[].[VpcId,RouteTableId]' --output table"
            );
            page.code(shell, &lines);
        }
    }
}
