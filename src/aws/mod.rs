//! What the product knows of AWS, one file a resource type.
//!
//! A type is a struct of typed properties (declared once, printed and read by the same line) and a [`Describe`] that
//! answers with plain data where it lives, how it is drawn, what an outage does to it and what meters it. The list below
//! is the registry: a new type is its file and its line.

mod cidr;
mod db_class;
mod facet;
mod field;
mod json;
mod policy;
mod processors;
mod reference;
mod unmodelled;
mod value;
pub mod week;
mod zone;

pub use cidr::{Cidr, overlap};
pub use db_class::{DbClass, most_connections};
pub use facet::{Figure, Flow, Frame, Glyph, Home, Meter, Outage, Quantity};
pub use field::{Attributes, Field, Id, Mismatch, Quoted, Reader, Tags};
pub use policy::{has_effect, is_open, statements};
pub use processors::processors;
pub use unmodelled::Unmodelled;
pub use value::{Key, Name, Piece, Properties, Value, list, lookup, map, properties, sub_pieces};
pub use zone::{Region, Zone};

use crate::text::{Text, text};
use field::typed;

/// What a resource type says of itself.
pub trait Describe: Sized {
    /// CloudFormation type.
    const KIND: &'static str;
    /// AWS's own name for the thing.
    const TITLE: Text;
    /// The attribute by which others refer to it; `None` where `Ref` serves.
    const ATTRIBUTE: Option<&'static str> = None;
    /// What `Ref` returns, as a word for the name of a parameter: `Id`, `Name`, `Arn`.
    const REF: &'static str = "Id";
    /// CloudFormation's parameter type for that by which others refer to it.
    const PARAMETER: &'static str = "String";

    fn home(&self) -> Home;

    fn figure(&self) -> Figure;

    fn outage(&self) -> Outage {
        Outage::Unaffected
    }

    /// What AWS bills for it.
    fn meters(&self) -> Vec<Meter> {
        Vec::new()
    }

    /// What AWS bills for each instance launched from it.
    fn meters_each(&self) -> Vec<Meter> {
        Vec::new()
    }

    /// The pattern that it launches instances from, and how many it keeps running.
    fn launches(&self) -> Option<(Name, u32)> {
        None
    }
}

/// A modelled type, for typed queries.
pub trait Kind: Describe {
    /// Its place among the types that are modelled.
    const PLACE: usize;
    fn of(resource: &Resource) -> Option<&Self>;
    fn of_mut(resource: &mut Resource) -> Option<&mut Self>;
}

macro_rules! resources {
    ($($module:ident::$type:ident,)*) => {
        $( mod $module; pub use $module::$type; )*

        /// Any resource.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Resource {
            $( $type($type), )*
            Unmodelled(Unmodelled),
        }

        /// The types in their order.
        enum Place { $( $type, )* }

        $(
            impl From<$type> for Resource {
                fn from(it: $type) -> Self {
                    Self::$type(it)
                }
            }

            impl Kind for $type {
                const PLACE: usize = Place::$type as usize;

                fn of(resource: &Resource) -> Option<&Self> {
                    if let Resource::$type(it) = resource { Some(it) } else { None }
                }

                fn of_mut(resource: &mut Resource) -> Option<&mut Self> {
                    if let Resource::$type(it) = resource { Some(it) } else { None }
                }
            }
        )*

        impl Resource {
            /// The types that are modelled.
            pub const KINDS: &'static [&'static str] = &[$( $type::KIND, )*];

            /// The typed resource from a template's properties; a type that is not modelled is kept whole.
            ///
            /// # Errors
            /// A modelled property does not hold what its type needs.
            pub fn read(kind: &str, properties: &[(Key, Value)]) -> Result<Self, Mismatch> {
                $( if kind == $type::KIND {
                    return $type::read_all(properties).map(Self::$type);
                } )*
                Ok(Self::Unmodelled(Unmodelled {
                    kind: kind.to_owned(),
                    properties: properties.to_vec(),
                }))
            }

            /// CloudFormation type.
            pub fn kind(&self) -> &str {
                match self {
                    $( Self::$type(_) => $type::KIND, )*
                    Self::Unmodelled(it) => &it.kind,
                }
            }

            /// The place of its type in [`Resource::KINDS`], or the one behind those.
            pub fn place(&self) -> usize {
                match self {
                    $( Self::$type(_) => Place::$type as usize, )*
                    Self::Unmodelled(_) => Self::KINDS.len(),
                }
            }

            /// AWS's own name for the type.
            pub fn title(&self) -> Text {
                match self {
                    $( Self::$type(_) => $type::TITLE, )*
                    Self::Unmodelled(_) => UNMODELLED,
                }
            }

            /// What `Ref` returns, as a word: `Id`, `Name`, `Arn`.
            pub fn ref_word(&self) -> &'static str {
                match self {
                    $( Self::$type(_) => $type::REF, )*
                    Self::Unmodelled(_) => "Ref",
                }
            }

            /// CloudFormation's parameter type for what `Ref`, or that attribute, returns.
            pub fn parameter_kind(&self, attribute: Option<&str>) -> &'static str {
                match self {
                    $( Self::$type(_) if attribute == $type::ATTRIBUTE => $type::PARAMETER, )*
                    _ => "String",
                }
            }

            pub fn properties(&self) -> Properties {
                match self {
                    $( Self::$type(it) => it.print_all(), )*
                    Self::Unmodelled(it) => it.properties.clone(),
                }
            }

            pub fn home(&self) -> Home {
                match self {
                    $( Self::$type(it) => it.home(), )*
                    Self::Unmodelled(_) => Home::Region,
                }
            }

            pub fn figure(&self) -> Figure {
                match self {
                    $( Self::$type(it) => it.figure(), )*
                    Self::Unmodelled(it) => Figure::Companion(it.glyph()),
                }
            }

            pub fn outage(&self) -> Outage {
                match self {
                    $( Self::$type(it) => it.outage(), )*
                    Self::Unmodelled(_) => Outage::Unaffected,
                }
            }

            pub fn meters(&self) -> Vec<Meter> {
                match self {
                    $( Self::$type(it) => it.meters(), )*
                    Self::Unmodelled(_) => Vec::new(),
                }
            }

            pub fn meters_each(&self) -> Vec<Meter> {
                match self {
                    $( Self::$type(it) => it.meters_each(), )*
                    Self::Unmodelled(_) => Vec::new(),
                }
            }

            pub fn launches(&self) -> Option<(Name, u32)> {
                match self {
                    $( Self::$type(it) => it.launches(), )*
                    Self::Unmodelled(_) => None,
                }
            }
        }
    };
}

resources! {
    vpc::Vpc,
    vpc_cidr_block::VpcCidrBlock,
    vpc_endpoint::VpcEndpoint,
    vpc_peering_connection::VpcPeeringConnection,
    vpn_gateway::VpnGateway,
    customer_gateway::CustomerGateway,
    vpn_connection::VpnConnection,
    vpn_propagation::VpnPropagation,
    subnet::Subnet,
    internet_gateway::InternetGateway,
    gateway_attachment::GatewayAttachment,
    route_table::RouteTable,
    route::Route,
    route_table_association::RouteTableAssociation,
    elastic_ip::ElasticIp,
    eip_association::EipAssociation,
    nat_gateway::NatGateway,
    security_group::SecurityGroup,
    security_group_ingress::SecurityGroupIngress,
    security_group_egress::SecurityGroupEgress,
    role::Role,
    role_policy::RolePolicy,
    instance_profile::InstanceProfile,
    bucket::Bucket,
    bucket_policy::BucketPolicy,
    load_balancer::LoadBalancer,
    target_group::TargetGroup,
    listener::Listener,
    launch_template::LaunchTemplate,
    auto_scaling_group::AutoScalingGroup,
    scaling_policy::ScalingPolicy,
    scheduled_action::ScheduledAction,
    warm_pool::WarmPool,
    db_subnet_group::DbSubnetGroup,
    db_parameter_group::DbParameterGroup,
    db_cluster_parameter_group::DbClusterParameterGroup,
    db_cluster::DbCluster,
    db_instance::DbInstance,
    db_proxy::DbProxy,
    db_proxy_targets::DbProxyTargets,
    instance::Instance,
    backup_vault::BackupVault,
    backup_plan::BackupPlan,
    backup_selection::BackupSelection,
    cache_subnet_group::CacheSubnetGroup,
    cache_group::CacheGroup,
    alarm::Alarm,
    dashboard::Dashboard,
    topic::Topic,
    topic_policy::TopicPolicy,
    flow_log::FlowLog,
    trail::Trail,
    certificate::Certificate,
    listener_rule::ListenerRule,
    record_set::RecordSet,
    health_check::HealthCheck,
    secret::Secret,
    secret_attachment::SecretAttachment,
    distribution::Distribution,
    origin_access_control::OriginAccessControl,
    cache_policy::CachePolicy,
    edge_function::EdgeFunction,
    web_acl::WebAcl,
    ip_set::IpSet,
    waf_logging::WafLogging,
    log_group::LogGroup,
    web_acl_association::WebAclAssociation,
    rest_api::RestApi,
    api_resource::ApiResource,
    api_method::ApiMethod,
    api_deployment::ApiDeployment,
    api_stage::ApiStage,
    api_account::ApiAccount,
    api_model::ApiModel,
    api_validator::ApiValidator,
    function::Function,
    function_permission::FunctionPermission,
    event_source_mapping::EventSourceMapping,
    hosted_zone::HostedZone,
    ssm_parameter::SsmParameter,
    schedule_group::ScheduleGroup,
    schedule::Schedule,
    state_machine::StateMachine,
    queue::Queue,
    queue_policy::QueuePolicy,
    table::Table,
    global_table::GlobalTable,
    dax_subnet_group::DaxSubnetGroup,
    dax_cluster::DaxCluster,
    custom_resource::CustomResource,
    guard_duty_detector::GuardDutyDetector,
    macie_session::MacieSession,
    security_hub::SecurityHub,
    security_standard::SecurityStandard,
    config_recorder::ConfigRecorder,
    config_channel::ConfigChannel,
    repository::Repository,
    deploy_application::DeployApplication,
    deployment_group::DeploymentGroup,
}

pub use auto_scaling_group::LaunchTemplateReference;
pub use db_cluster::ServerlessCapacity;
pub use function::FunctionNetwork;
pub use hosted_zone::ZoneVpc;
pub use launch_template::{InstanceProfileReference, LaunchTemplateData};
pub use nat_gateway::NAT_ACROSS;
pub use rest_api::EndpointConfiguration;
pub use security_group::Rule;
pub use ssm_parameter::INSPECTOR;

const UNMODELLED: Text = text("aws.unmodelled", "Other resource");
