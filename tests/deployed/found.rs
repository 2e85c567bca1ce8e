//! The facts of a deployment, one line each, in the words of `designed`. Physical ids become logical ones.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::designed::rule;

/// Those of every Region that something was deployed to.
pub fn facts(dump: &Json) -> Vec<String> {
    let regions = dump["regions"].as_object().expect("regions");
    let mut facts = Vec::new();
    for region in regions.values() {
        let found = Found {
            region,
            names: names(dump),
        };
        facts.extend(found.network());
        facts.extend(found.security());
        facts.extend(found.application());
        facts.extend(found.data());
    }
    // Both ends of a peering connection show it.
    let is_peering = |it: &String| it.starts_with("peering ");
    let (mut peerings, mut facts): (Vec<_>, Vec<_>) = facts.into_iter().partition(is_peering);
    peerings.sort();
    peerings.dedup();
    facts.append(&mut peerings);
    facts
}

/// These go by the id of what they are attached to.
const ATTACHED: [&str; 2] = [
    "AWS::AutoScaling::WarmPool",
    "AWS::WAFv2::WebACLAssociation",
];

/// Logical id by physical id.
fn names(dump: &Json) -> BTreeMap<String, String> {
    let stacks = dump["stacks"].as_object().expect("stacks");
    stacks
        .values()
        .flat_map(|stack| stack["resources"].as_object().expect("resources"))
        .filter(|(_, resource)| !ATTACHED.contains(&text(&resource["type"])))
        .map(|(name, resource)| (text(&resource["id"]).to_owned(), name.clone()))
        .collect()
}

fn text(json: &Json) -> &str {
    json.as_str().unwrap_or_default()
}

fn list(json: &Json) -> impl Iterator<Item = &Json> {
    json.as_array().into_iter().flatten()
}

struct Found<'a> {
    region: &'a Json,
    names: BTreeMap<String, String>,
}

impl Found<'_> {
    fn all(&self, kind: &str) -> impl Iterator<Item = &Json> {
        list(&self.region[kind])
    }

    /// A physical id's logical one; what no stack made stays as it is.
    fn name<'b>(&'b self, id: &'b Json) -> &'b str {
        let id = text(id);
        self.names.get(id).map_or(id, String::as_str)
    }

    fn joined<'b>(&'b self, ids: impl Iterator<Item = &'b Json>) -> String {
        let mut names: Vec<&str> = ids.map(|it| self.name(it)).collect();
        names.sort_unstable();
        names.join("+")
    }

    fn is_ours(&self, id: &Json) -> bool {
        self.names.contains_key(text(id))
    }

    /// Zones that have a subnet, in the Region's order: a design's zones are always the first ones.
    fn zone(&self, name: &Json) -> usize {
        let mut zones: Vec<&str> = self
            .all("subnets")
            .map(|it| text(&it["AvailabilityZone"]))
            .collect();
        zones.sort_unstable();
        zones.dedup();
        zones
            .iter()
            .position(|it| *it == text(name))
            .expect("a zone")
    }

    fn network(&self) -> Vec<String> {
        let mut facts = Vec::new();
        for it in self.all("vpcs") {
            facts.push(format!(
                "vpc {} {} dns {} {}",
                self.name(&it["VpcId"]),
                text(&it["CidrBlock"]),
                it["enableDnsSupport"],
                it["enableDnsHostnames"]
            ));
        }
        for it in self.all("subnets") {
            facts.push(format!(
                "subnet {} {} of {} zone {} public addresses {}",
                self.name(&it["SubnetId"]),
                text(&it["CidrBlock"]),
                self.name(&it["VpcId"]),
                self.zone(&it["AvailabilityZone"]),
                it["MapPublicIpOnLaunch"]
            ));
        }
        for it in self.all("internet_gateways") {
            for attachment in list(&it["Attachments"]) {
                let gateway = self.name(&it["InternetGatewayId"]);
                facts.push(format!(
                    "gateway {gateway} on {}",
                    self.name(&attachment["VpcId"])
                ));
            }
        }
        for it in self.all("vpn_gateways") {
            let gateway = self.name(&it["VpnGatewayId"]);
            let attached = list(&it["VpcAttachments"]).map(|it| self.name(&it["VpcId"]));
            facts.extend(attached.map(|vpc| format!("gateway {gateway} on {vpc}")));
        }
        for it in self.all("vpn_connections") {
            facts.push(format!(
                "vpn {} to {}",
                self.name(&it["CustomerGatewayId"]),
                self.name(&it["VpnGatewayId"])
            ));
        }
        for table in self.all("route_tables") {
            facts.extend(self.table(table));
        }
        for it in self.all("nat_gateways") {
            // The judge has no regional gateway: it tags the one that stands for it.
            let mut tags = list(&it["Tags"]);
            if tags.any(|it| it["Key"] == "azimuth:availability-mode" && it["Value"] == "regional")
            {
                facts.push(format!("nat {} regional", self.name(&it["NatGatewayId"])));
                continue;
            }
            let address = list(&it["NatGatewayAddresses"])
                .next()
                .map_or("", |it| self.address(&it["AllocationId"]));
            facts.push(format!(
                "nat {} {} in {} with {address}",
                self.name(&it["NatGatewayId"]),
                text(&it["ConnectivityType"]),
                self.name(&it["SubnetId"])
            ));
        }
        for it in self.all("vpc_endpoints") {
            let service = text(&it["ServiceName"]);
            let service = service.splitn(4, '.').nth(3).unwrap_or_default();
            facts.push(format!(
                "endpoint {} {service} in {} on {} behind {}",
                self.name(&it["VpcEndpointId"]),
                self.joined(list(&it["SubnetIds"])),
                self.joined(list(&it["RouteTableIds"])),
                self.joined(list(&it["Groups"]).map(|it| &it["GroupId"]))
            ));
        }
        for it in self.all("vpc_peering_connections") {
            facts.push(format!(
                "peering {} from {} to {} {}",
                self.name(&it["VpcPeeringConnectionId"]),
                self.name(&it["RequesterVpcInfo"]["VpcId"]),
                self.name(&it["AccepterVpcInfo"]["VpcId"]),
                text(&it["Status"]["Code"])
            ));
        }
        for it in self.all("flow_logs") {
            facts.push(format!(
                "flow log {} {}",
                self.name(&it["ResourceId"]),
                text(&it["TrafficType"])
            ));
        }
        facts
    }

    /// Associations and routes, without the main table's and without `local`, which every table has.
    fn table(&self, table: &Json) -> Vec<String> {
        let name = self.name(&table["RouteTableId"]);
        let mut facts = Vec::new();
        for it in list(&table["Associations"]).filter(|it| it["Main"] != true) {
            facts.push(format!("table {name} for {}", self.name(&it["SubnetId"])));
        }
        // What a gateway endpoint adds to its tables is told with the endpoint.
        let own = |it: &&Json| {
            let gateway = text(&it["GatewayId"]);
            gateway != "local" && !gateway.starts_with("vpce-")
        };
        for it in list(&table["Routes"]).filter(own) {
            let kinds = ["NatGatewayId", "VpcPeeringConnectionId"];
            let target = kinds.iter().find_map(|kind| it.get(kind));
            let target = target.unwrap_or(&it["GatewayId"]);
            facts.push(format!(
                "route {name} {} to {}",
                text(&it["DestinationCidrBlock"]),
                self.name(target)
            ));
        }
        facts
    }

    /// The Elastic IP of an allocation: its physical id is the address or the allocation.
    fn address(&self, allocation: &Json) -> &str {
        let address = self
            .all("addresses")
            .find(|it| it["AllocationId"] == *allocation);
        let address = address.expect("an address");
        let id = ["PublicIp", "AllocationId"].map(|it| &address[it]);
        id.into_iter()
            .find(|it| self.is_ours(it))
            .map_or("", |it| self.name(it))
    }

    fn security(&self) -> Vec<String> {
        let mut facts = Vec::new();
        for it in self
            .all("security_groups")
            .filter(|it| it["GroupName"] != "default")
        {
            let group = self.name(&it["GroupId"]);
            facts.push(format!(
                "security group {group} of {}",
                self.name(&it["VpcId"])
            ));
            for (way, rules) in [("in", "IpPermissions"), ("out", "IpPermissionsEgress")] {
                for permission in list(&it[rules]) {
                    let protocol = text(&permission["IpProtocol"]);
                    let ports = (
                        permission["FromPort"].as_u64(),
                        permission["ToPort"].as_u64(),
                    );
                    let ports = if protocol == "-1" {
                        (None, None)
                    } else {
                        ports
                    };
                    let ranges = list(&permission["IpRanges"]).map(|it| text(&it["CidrIp"]));
                    let lists = list(&permission["PrefixListIds"]).map(|_| "prefix list");
                    let groups =
                        list(&permission["UserIdGroupPairs"]).map(|it| self.name(&it["GroupId"]));
                    facts.extend(
                        ranges
                            .chain(groups)
                            .chain(lists)
                            .map(|peer| rule(way, group, protocol, ports, peer)),
                    );
                }
            }
        }
        facts
    }

    fn application(&self) -> Vec<String> {
        let mut facts = Vec::new();
        for it in self.all("load_balancers") {
            let subnets = self.joined(list(&it["AvailabilityZones"]).map(|it| &it["SubnetId"]));
            facts.push(format!(
                "load balancer {} {} {} over {subnets} behind {}",
                self.name(&it["LoadBalancerArn"]),
                text(&it["Type"]),
                text(&it["Scheme"]),
                self.joined(list(&it["SecurityGroups"]))
            ));
        }
        for it in self.all("listeners") {
            let action = list(&it["DefaultActions"]).next().expect("an action");
            let does = match text(&action["Type"]) {
                "forward" => format!("forward {}", self.name(&action["TargetGroupArn"])),
                "redirect" => format!("redirect {}", text(&action["RedirectConfig"]["Protocol"])),
                other => other.to_owned(),
            };
            // The judge gives every listener a policy; only that of HTTPS means anything.
            let secure = it["Protocol"] == "HTTPS";
            let policy = if secure {
                text(&it["SslPolicy"])
            } else {
                "plain"
            };
            facts.push(format!(
                "listener {} {} {} {does} {policy} {}",
                self.name(&it["LoadBalancerArn"]),
                text(&it["Protocol"]),
                it["Port"],
                list(&it["Certificates"]).count()
            ));
        }
        for it in self.all("target_groups") {
            facts.push(format!(
                "target group {} {} {} {} of {} checks {} every {} within {} {}/{}",
                self.name(&it["TargetGroupArn"]),
                text(&it["Protocol"]),
                it["Port"],
                text(&it["TargetType"]),
                self.name(&it["VpcId"]),
                text(&it["HealthCheckPath"]),
                it["HealthCheckIntervalSeconds"],
                it["HealthCheckTimeoutSeconds"],
                it["HealthyThresholdCount"],
                it["UnhealthyThresholdCount"]
            ));
        }
        for it in self.all("auto_scaling_groups") {
            let mut subnets: Vec<&str> = text(&it["VPCZoneIdentifier"]).split(',').collect();
            for subnet in &mut subnets {
                *subnet = self.names.get(*subnet).map_or(*subnet, String::as_str);
            }
            subnets.sort_unstable();
            // A group of several types or of Spot Instances names its template in a policy.
            let mixed =
                &it["MixedInstancesPolicy"]["LaunchTemplate"]["LaunchTemplateSpecification"];
            let template = it.get("LaunchTemplate").unwrap_or(mixed);
            facts.push(format!(
                "group {} {}/{}/{} over {} from {} to {} health {} after {}",
                self.name(&it["AutoScalingGroupName"]),
                it["MinSize"],
                it["DesiredCapacity"],
                it["MaxSize"],
                subnets.join("+"),
                self.name(&template["LaunchTemplateId"]),
                self.joined(list(&it["TargetGroupARNs"])),
                text(&it["HealthCheckType"]),
                it["HealthCheckGracePeriod"]
            ));
        }
        for it in self.all("launch_templates") {
            facts.push(self.launch_template(it));
        }
        facts
    }

    fn launch_template(&self, it: &Json) -> String {
        let data = &it["Data"];
        let disks: Vec<String> = list(&data["BlockDeviceMappings"])
            .map(|it| &it["Ebs"])
            .map(|it| {
                format!(
                    "{} {} {}",
                    text(&it["VolumeType"]),
                    it["VolumeSize"],
                    it["Encrypted"]
                )
            })
            .collect();
        let profile = text(&data["IamInstanceProfile"]["Arn"])
            .rsplit('/')
            .next()
            .unwrap_or_default();
        format!(
            "launch template {} {} behind {} as {} tokens {} disks {}",
            self.name(&it["LaunchTemplateId"]),
            text(&data["InstanceType"]),
            self.joined(list(&data["SecurityGroupIds"])),
            self.names.get(profile).map_or(profile, String::as_str),
            data["MetadataOptions"]["HttpTokens"] == "required",
            disks.join(", ")
        )
    }

    fn data(&self) -> Vec<String> {
        let mut facts = Vec::new();
        for it in self.all("db_instances") {
            let name = self.name(&it["DBInstanceIdentifier"]);
            let subnets = list(&it["DBSubnetGroup"]["Subnets"]).map(|it| &it["SubnetIdentifier"]);
            let groups = list(&it["VpcSecurityGroups"]).map(|it| &it["VpcSecurityGroupId"]);
            facts.push(format!(
                "database {name} {} {} {} over {} behind {}",
                text(&it["Engine"]),
                text(&it["EngineVersion"]),
                text(&it["DBInstanceClass"]),
                self.joined(subnets),
                self.joined(groups)
            ));
            facts.push(format!(
                "database {name} storage {} GiB {} {} encrypted {}",
                it["AllocatedStorage"],
                text(&it["StorageType"]),
                it["Iops"].as_u64().unwrap_or_default(),
                it["StorageEncrypted"]
            ));
            facts.push(format!(
                "database {name} multi-az {} public {} backups {} protected {} monitoring {}",
                it["MultiAZ"],
                it["PubliclyAccessible"],
                it["BackupRetentionPeriod"],
                it["DeletionProtection"],
                it["MonitoringInterval"].as_u64().unwrap_or_default()
            ));
        }
        facts
    }
}
