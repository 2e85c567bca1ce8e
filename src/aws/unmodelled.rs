//! A resource of a type that the product does not model: kept whole, printed back, drawn as what its type says it is.

use super::{Glyph, Properties};

#[derive(Debug, Clone, PartialEq)]
pub struct Unmodelled {
    /// CloudFormation type.
    pub kind: String,
    pub properties: Properties,
}

/// Beginnings of types (without `AWS::`), the first that fits; the glyph; the service as AWS writes it.
#[rustfmt::skip]
const SERVICES: &[(&str, Glyph, &str)] = &[
    ("ApiGateway", Glyph::Api, "API Gateway"),
    ("AppSync::", Glyph::Api, "AppSync"),
    ("AmazonMQ::", Glyph::Queue, "Amazon MQ"),
    ("AutoScaling::LaunchConfiguration", Glyph::LaunchTemplate, "EC2 Auto Scaling"),
    ("AutoScaling::", Glyph::AutoScalingGroup, "EC2 Auto Scaling"),
    ("ApplicationAutoScaling::", Glyph::AutoScalingGroup, "Application Auto Scaling"),
    ("Backup::", Glyph::Backup, "Backup"),
    ("CertificateManager::", Glyph::Certificate, "ACM"),
    ("ACMPCA::", Glyph::Certificate, "Private CA"),
    ("CloudFormation::", Glyph::Stack, "CloudFormation"),
    ("CloudFront::", Glyph::Distribution, "CloudFront"),
    ("CloudTrail::", Glyph::Trail, "CloudTrail"),
    ("CloudWatch::Dashboard", Glyph::Dashboard, "CloudWatch"),
    ("CloudWatch::", Glyph::Alarm, "CloudWatch"),
    ("CodeBuild::", Glyph::Deployment, "CodeBuild"),
    ("CodeDeploy::", Glyph::Deployment, "CodeDeploy"),
    ("CodePipeline::", Glyph::Deployment, "CodePipeline"),
    ("Config::", Glyph::Configuration, "Config"),
    ("DAX::", Glyph::TableCache, "DAX"),
    ("DocDB::", Glyph::DatabasePrimary, "DocumentDB"),
    ("DynamoDB::", Glyph::Table, "DynamoDB"),
    ("EC2::ClientVpn", Glyph::VpnGateway, ""),
    ("EC2::NetworkAcl", Glyph::NetworkAcl, ""),
    ("EC2::SubnetNetworkAcl", Glyph::NetworkAcl, ""),
    ("EC2::TransitGatewayPeering", Glyph::Peering, ""),
    ("EC2::TransitGateway", Glyph::TransitGateway, ""),
    ("EC2::VPNConcentrator", Glyph::VpnGateway, ""),
    ("EC2::Volume", Glyph::Volume, "EBS"),
    ("EC2::PrefixList", Glyph::RouteTable, ""),
    ("EC2::VPCEndpointService", Glyph::Endpoint, ""),
    ("ECR::", Glyph::Registry, "ECR"),
    ("ECS::", Glyph::Container, "ECS"),
    ("EKS::", Glyph::Container, "EKS"),
    ("EFS::", Glyph::FileSystem, "EFS"),
    ("FSx::", Glyph::FileSystem, "FSx"),
    ("ElastiCache::", Glyph::CachePrimary, "ElastiCache"),
    ("MemoryDB::", Glyph::CachePrimary, "MemoryDB"),
    ("ElasticLoadBalancingV2::TargetGroup", Glyph::TargetGroup, ""),
    ("ElasticLoadBalancing", Glyph::LoadBalancer, "Elastic Load Balancing"),
    ("Events::", Glyph::EventRule, "EventBridge"),
    ("GuardDuty::", Glyph::ThreatDetector, "GuardDuty"),
    ("IAM::", Glyph::Role, "IAM"),
    ("Inspector", Glyph::VulnerabilityScanner, "Inspector"),
    ("KMS::", Glyph::Key, "KMS"),
    ("Lambda::", Glyph::Function, "Lambda"),
    ("Logs::", Glyph::LogGroup, "CloudWatch Logs"),
    ("Macie::", Glyph::DataScanner, "Macie"),
    ("Neptune::", Glyph::DatabasePrimary, "Neptune"),
    ("NetworkFirewall::", Glyph::Firewall, "Network Firewall"),
    ("Pipes::", Glyph::EventRule, "EventBridge Pipes"),
    ("RDS::", Glyph::DatabasePrimary, "RDS"),
    ("Route53::HealthCheck", Glyph::HealthCheck, "Route 53"),
    ("Route53", Glyph::Dns, "Route 53"),
    ("ServiceDiscovery::", Glyph::Dns, "Cloud Map"),
    ("S3", Glyph::Bucket, "S3"),
    ("SNS::", Glyph::Topic, "SNS"),
    ("SQS::", Glyph::Queue, "SQS"),
    ("SSM::Parameter", Glyph::Parameter, "Systems Manager"),
    ("SSM", Glyph::Session, "Systems Manager"),
    ("Scheduler::", Glyph::Schedule, "EventBridge Scheduler"),
    ("SecretsManager::", Glyph::Secret, "Secrets Manager"),
    ("SecurityHub::", Glyph::SecurityHub, "Security Hub"),
    ("StepFunctions::", Glyph::StateMachine, "Step Functions"),
    ("Synthetics::", Glyph::HealthCheck, "CloudWatch Synthetics"),
    ("WAFv2::", Glyph::Firewall, "WAF"),
    ("WorkSpaces::", Glyph::Client, "WorkSpaces"),
];

impl Unmodelled {
    pub(super) fn glyph(&self) -> Glyph {
        self.row().map_or(Glyph::Generic, |(_, glyph, _)| *glyph)
    }

    /// Service and resource: the service as AWS writes it, the resource as CloudFormation does.
    pub fn words(&self) -> (&str, &str) {
        let name = self.kind.strip_prefix("AWS::").unwrap_or(&self.kind);
        let (service, resource) = name.split_once("::").unwrap_or((name, ""));
        let known = self
            .row()
            .map(|(_, _, title)| *title)
            .filter(|it| !it.is_empty());
        (known.unwrap_or(service), resource)
    }

    fn row(&self) -> Option<&'static (&'static str, Glyph, &'static str)> {
        let name = self.kind.strip_prefix("AWS::")?;
        SERVICES.iter().find(|(start, ..)| name.starts_with(start))
    }
}

#[cfg(test)]
mod tests {
    use super::{SERVICES, Unmodelled};
    use crate::aws::Glyph;

    fn of(kind: &str) -> Unmodelled {
        Unmodelled {
            kind: kind.to_owned(),
            properties: Vec::new(),
        }
    }

    #[test]
    fn a_type_is_known_by_how_it_begins() {
        for (kind, glyph, words) in [
            (
                "AWS::Lambda::Function",
                Glyph::Function,
                ("Lambda", "Function"),
            ),
            ("AWS::ApiGatewayV2::Api", Glyph::Api, ("API Gateway", "Api")),
            (
                "AWS::SSM::Parameter",
                Glyph::Parameter,
                ("Systems Manager", "Parameter"),
            ),
            (
                "AWS::SSM::Document",
                Glyph::Session,
                ("Systems Manager", "Document"),
            ),
            (
                "AWS::EC2::NetworkAcl",
                Glyph::NetworkAcl,
                ("EC2", "NetworkAcl"),
            ),
            ("AWS::Braket::Job", Glyph::Generic, ("Braket", "Job")),
            (
                "Custom::Lambda::Function",
                Glyph::Generic,
                ("Custom", "Lambda::Function"),
            ),
            ("", Glyph::Generic, ("", "")),
        ] {
            assert_eq!(
                (of(kind).glyph(), of(kind).words()),
                (glyph, words),
                "{kind}"
            );
        }
    }

    #[test]
    fn no_row_hides_behind_an_earlier_one() {
        for (place, (start, ..)) in SERVICES.iter().enumerate() {
            let mut earlier = SERVICES.iter().take(place);
            assert!(!earlier.any(|(it, ..)| start.starts_with(it)), "{start}");
        }
    }
}
