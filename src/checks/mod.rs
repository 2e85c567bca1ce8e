//! Rules that find what is wrong with a design before AWS, or an outage, does.
//!
//! One file a rule: what it detects, its words (what, why, what to do), its fixes and its tests. A fix is the whole edited
//! design, so that applying, previewing and undoing need no more machinery.

mod access_log_bucket;
mod access_logs_off;
mod account_services_off;
mod admin_port_open;
mod alarms_reach_nobody;
mod api_access_log_off;
mod api_host_name;
mod api_log_without_role;
mod api_name_unknown;
mod api_unlimited;
mod api_without_authorization;
mod application_without_public;
mod attachment_order;
mod attribute_range;
mod backup_retention;
mod backups_in_one_region;
mod bad_email;
mod bad_name;
mod balanced_only;
mod balancer_health_ignored;
mod balancer_in_private_subnet;
mod balancer_single_zone;
mod balancer_subnet_too_small;
mod bastion_present;
mod bastion_source;
mod batch_too_large;
mod behaviors;
mod blackhole_route;
mod blame;
mod broken_chain;
mod bucket_one_zone;
mod bucket_policy_open;
mod bucket_public;
mod bucket_refuses_reader;
mod bucket_unversioned;
mod burst_without_queue;
mod cache_refused;
mod cache_unencrypted;
mod cache_without_replica;
mod caller_cut_off;
mod capacity_after_zone_loss;
mod certificate_missing;
mod certificate_unusable;
mod chain_missing_link;
mod class_for_aurora;
mod cloudfront_bypassed;
mod cloudfront_own_name;
mod consumer_cut_off;
mod cut_off_between_windows;
mod database_egress_open;
mod database_port_open;
mod database_public;
mod database_refused;
mod database_single_zone;
mod database_unencrypted;
mod dax_elsewhere;
mod dax_few_nodes;
mod dax_without_tls;
mod dead_letters_short;
mod deletion_protection_off;
mod deployment_without_rollback;
mod duplicate_route;
mod edge_log_bucket;
mod edge_no_headers;
mod edge_no_root;
mod edge_old_tls;
mod edge_option_idle;
mod edge_plain_http;
mod edge_uncompressed;
mod edit_without_effect;
mod endpoint_for_little;
mod endpoint_names_off;
mod endpoint_open;
mod endpoint_policy_open;
mod endpoint_port_closed;
mod endpoint_single_zone;
mod endpoint_twice_in_zone;
mod engine_extended_support;
mod entry_without_gateway_route;
mod execute_api_private_names;
mod express_too_short;
mod failover_page;
mod failover_unchecked;
mod failover_without_name;
mod firewall_behind_cloudfront;
mod firewall_list_refused;
mod firewall_list_wide;
mod firewall_log_name;
mod firewall_no_rate;
mod firewall_scope;
mod fixed_name;
mod forecast_without_headroom;
mod function_egress_open;
mod function_in_public_subnet;
mod function_log_group;
mod function_runtime_old;
mod function_single_zone;
mod function_timeout;
mod function_wide_policies;
mod function_without_destination;
mod function_without_proxy;
mod gateway_endpoint_unrouted;
mod gateway_not_attached;
mod gateway_without_use;
mod gp3_limits;
mod grace_too_short;
mod graviton;
mod group_of_another_region;
mod group_single_zone;
mod group_size_order;
mod group_zonal_shift_off;
mod health_path;
mod health_timeout;
mod holder;
mod hosted_zone_elsewhere;
mod hub_without_sources;
mod idle_address;
mod image_architecture;
mod image_tags_mutable;
mod images_unscanned;
mod imdsv1;
mod insights_class;
mod instance_with_public_address;
mod io1_limits;
mod latency_unchecked;
mod latency_without_second;
mod log_retention;
mod long_draining;
mod machine_endless;
mod machine_log_off;
mod machine_unread;
mod machine_without_timeout;
mod main_route_table;
mod management_overlap;
mod mapping_uncapped;
mod mapping_whole_batches;
mod master_password;
mod max_without_headroom;
mod min_below_zones;
mod missing_reference;
mod naming;
mod nat_act;
mod nat_address_left;
mod nat_flow;
mod nat_for_aws_services;
mod nat_in_private_subnet;
mod nat_not_idempotent;
mod nat_of_another_zone;
mod nat_outlives_stack;
mod nat_role_wide;
mod nat_self_route;
mod nat_single_az;
mod nat_unsafe_close;
mod nat_unswept;
mod nat_unused;
mod nat_without_address;
mod nat_wrong_order;
mod no_alarms;
mod no_enhanced_monitoring;
mod no_flow_logs;
mod no_https;
mod no_room_for_third_zone;
mod no_scaling_policy;
mod no_trail;
mod no_waf;
mod no_way_out;
mod old_tls_policy;
mod origin_open;
mod parameter_family;
mod peering_mesh;
mod peering_names_public;
mod peering_overlap;
mod peering_packet_size;
mod peering_transitive;
mod peering_without_return;
mod peers_overlap;
mod plaintext_password;
mod plan;
mod prewarm_above_maximum;
mod private_api_no_policy;
mod private_api_policy_open;
mod private_api_shut;
mod private_api_unassociated;
mod private_http_api;
mod proxy_bypassed;
mod proxy_single_zone;
mod queue_policy_open;
mod queue_without_dead_letters;
mod quota_exceeded;
mod range_host_bits;
mod range_without_place;
mod readers_in_one_zone;
mod recorder_without_channel;
mod redrive_at_once;
mod regional_nat_missing_zone;
mod regional_nat_properties;
mod remedy;
mod replica_as_standby;
mod replica_of_managed;
mod replica_without_backups;
mod rest_with_replicas;
mod rule_ports;
mod runs_unwatched;
mod scaling_thresholds;
mod schedule_dead_letters;
mod schedule_late;
mod schedule_stale;
mod schedule_without_zone;
mod schedules;
mod secondary_range;
mod security_group_circle;
mod security_group_quota;
mod serverless_limits;
mod serverless_small;
mod session_manager_cut_off;
mod shield_far;
mod single_zone_vpc;
mod site;
mod slow_health_check;
mod slow_record;
mod stack_order;
mod storage_cap;
mod storage_without_cap;
mod store_across_zones;
mod subnet_exhaustion;
mod subnet_group_single_zone;
mod subnet_outside_vpc;
mod subnet_overlap;
mod subnet_size;
mod summary;
mod table_keys;
mod table_unprotected;
mod table_without_recovery;
mod target_zone_not_enabled;
mod tier_in_one_zone;
mod tier_missing_in_zone;
mod trail_unlocked;
mod trail_unvalidated;
mod uneven_zones;
mod visibility_timeout;
mod volume_gp2;
mod volume_too_small;
mod volume_unencrypted;
mod vpc_docker_range;
mod vpc_names_off;
mod vpc_public_range;
mod vpc_reserved_range;
mod vpc_size;
mod vpn_keys_shown;
mod vpn_single_customer_gateway;
mod vpn_unrouted;
mod warm_pool_hasty;
mod warm_pool_refused;
mod week_plan;
mod window_hours;
mod windows_always;
mod windows_meet;
mod workers_all_spot;
mod workload_on_gateway_route;
mod zonal_shift_off;
mod zone_by_name;
mod zone_hides_apis;
mod zone_with_multi_az;
mod zone_without_types;
mod zones_beyond_region;

#[cfg(test)]
mod testing;

pub use blame::at_option;
pub use summary::{count_of_errors, summary};

use std::cell::OnceCell;

use nat_flow::Flow;

use crate::aws::Name;
use crate::design::Design;
use crate::text::{Message, Text};
use crate::topology::Topology;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It will not deploy, or will not work.
    Error,
    High,
    Medium,
    Low,
}

impl Severity {
    /// The word in `azimuth check --json`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// A rule.
pub struct Check {
    /// Stable for ever, as `RT-006`.
    pub code: &'static str,
    pub severity: Severity,
    /// A few words that name the rule.
    pub title: Text,
    pub why: Text,
    /// What to do.
    pub advice: Text,
    /// Well-Architected id or AWS document that the rule rests on.
    pub reference: &'static str,
    pub run: fn(&Subject<'_>, &mut Vec<Finding>),
}

/// What a rule looks at.
pub struct Subject<'a> {
    /// `None` for a template that somebody else wrote: findings then have no fixes.
    pub design: Option<&'a Design>,
    pub topology: &'a Topology,
    /// State machines, read when a rule first asks for them.
    machines: OnceCell<Vec<(Name, Result<Flow, String>)>>,
}

impl<'a> Subject<'a> {
    pub fn new(design: Option<&'a Design>, topology: &'a Topology) -> Self {
        Self {
            design,
            topology,
            machines: OnceCell::new(),
        }
    }
}

/// Something that a rule found.
#[derive(Clone)]
pub struct Finding {
    pub check: &'static Check,
    /// The nodes that it is about; the first is the one to look at. Empty: the design as a whole.
    pub at: Vec<Name>,
    /// Keys of the options whose own value is wrong; empty for what is no single option's fault.
    pub options: Vec<&'static str>,
    pub message: Message,
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// A finding without a way out.
    fn new<'n>(
        check: &'static Check,
        at: impl IntoIterator<Item = &'n Name>,
        message: impl Into<Message>,
    ) -> Self {
        Self {
            check,
            at: at.into_iter().cloned().collect(),
            options: Vec::new(),
            message: message.into(),
            fixes: Vec::new(),
        }
    }

    fn is_error(&self) -> bool {
        self.check.severity == Severity::Error
    }

    /// Says which options are at fault.
    #[must_use]
    fn at_options(mut self, options: Vec<&'static str>) -> Self {
        self.options = options;
        self
    }

    /// Adds a way out, if there is one.
    #[must_use]
    fn with_fix(mut self, fix: Option<Fix>) -> Self {
        self.fixes.extend(fix);
        self
    }
}

/// Codes of what stops an export: nothing that is deployed can be repaired afterwards, as the first range of a VPC stays.
const REFUSED: [&str; 1] = ["PE-001"];

/// The findings for which nothing is exported.
pub fn refusals(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    let refused = |it: &&Finding| it.is_error() && REFUSED.contains(&it.check.code);
    findings.iter().filter(refused)
}

/// A way out: the design as it would be.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    pub title: Message,
    pub design: Design,
}

/// Every rule, by code.
pub const ALL: &[&Check] = &[
    &private_api_no_policy::CHECK,
    &private_api_policy_open::CHECK,
    &private_http_api::CHECK,
    &api_host_name::CHECK,
    &api_unlimited::CHECK,
    &api_without_authorization::CHECK,
    &api_access_log_off::CHECK,
    &api_log_without_role::CHECK,
    &private_api_shut::CHECK,
    &private_api_unassociated::CHECK,
    &group_single_zone::CHECK,
    &min_below_zones::CHECK,
    &capacity_after_zone_loss::CHECK,
    &balancer_health_ignored::CHECK,
    &grace_too_short::CHECK,
    &max_without_headroom::CHECK,
    &balanced_only::CHECK,
    &no_scaling_policy::CHECK,
    &group_zonal_shift_off::CHECK,
    &group_size_order::CHECK,
    &scaling_thresholds::CHECK,
    &warm_pool_refused::CHECK,
    &warm_pool_hasty::CHECK,
    &forecast_without_headroom::CHECK,
    &prewarm_above_maximum::CHECK,
    &backups_in_one_region::CHECK,
    &cache_without_replica::CHECK,
    &dax_few_nodes::CHECK,
    &cache_unencrypted::CHECK,
    &cache_refused::CHECK,
    &dax_without_tls::CHECK,
    &dax_elsewhere::CHECK,
    &idle_address::CHECK,
    &nat_unsafe_close::CHECK,
    &nat_address_left::CHECK,
    &nat_wrong_order::CHECK,
    &nat_not_idempotent::CHECK,
    &nat_role_wide::CHECK,
    &endpoint_for_little::CHECK,
    &store_across_zones::CHECK,
    &attachment_order::CHECK,
    &windows_meet::CHECK,
    &window_hours::CHECK,
    &windows_always::CHECK,
    &nat_unswept::CHECK,
    &nat_outlives_stack::CHECK,
    &database_single_zone::CHECK,
    &database_public::CHECK,
    &subnet_group_single_zone::CHECK,
    &backup_retention::CHECK,
    &database_unencrypted::CHECK,
    &deletion_protection_off::CHECK,
    &no_enhanced_monitoring::CHECK,
    &zone_with_multi_az::CHECK,
    &replica_as_standby::CHECK,
    &plaintext_password::CHECK,
    &storage_without_cap::CHECK,
    &engine_extended_support::CHECK,
    &io1_limits::CHECK,
    &replica_without_backups::CHECK,
    &storage_cap::CHECK,
    &insights_class::CHECK,
    &database_refused::CHECK,
    &gp3_limits::CHECK,
    &parameter_family::CHECK,
    &master_password::CHECK,
    &proxy_single_zone::CHECK,
    &proxy_bypassed::CHECK,
    &rest_with_replicas::CHECK,
    &class_for_aurora::CHECK,
    &readers_in_one_zone::CHECK,
    &serverless_limits::CHECK,
    &serverless_small::CHECK,
    &replica_of_managed::CHECK,
    &table_without_recovery::CHECK,
    &table_unprotected::CHECK,
    &table_keys::CHECK,
    &image_tags_mutable::CHECK,
    &images_unscanned::CHECK,
    &deployment_without_rollback::CHECK,
    &hosted_zone_elsewhere::CHECK,
    &vpc_names_off::CHECK,
    &failover_without_name::CHECK,
    &failover_page::CHECK,
    &zone_hides_apis::CHECK,
    &api_name_unknown::CHECK,
    &slow_record::CHECK,
    &latency_unchecked::CHECK,
    &latency_without_second::CHECK,
    &edit_without_effect::CHECK,
    &missing_reference::CHECK,
    &stack_order::CHECK,
    &range_without_place::CHECK,
    &fixed_name::CHECK,
    &instance_with_public_address::CHECK,
    &imdsv1::CHECK,
    &volume_unencrypted::CHECK,
    &volume_gp2::CHECK,
    &graviton::CHECK,
    &bastion_present::CHECK,
    &bastion_source::CHECK,
    &session_manager_cut_off::CHECK,
    &image_architecture::CHECK,
    &volume_too_small::CHECK,
    &no_waf::CHECK,
    &cloudfront_bypassed::CHECK,
    &failover_unchecked::CHECK,
    &firewall_behind_cloudfront::CHECK,
    &cloudfront_own_name::CHECK,
    &firewall_log_name::CHECK,
    &firewall_scope::CHECK,
    &firewall_list_refused::CHECK,
    &firewall_list_wide::CHECK,
    &firewall_no_rate::CHECK,
    &edge_plain_http::CHECK,
    &edge_uncompressed::CHECK,
    &edge_old_tls::CHECK,
    &edge_no_headers::CHECK,
    &edge_no_root::CHECK,
    &shield_far::CHECK,
    &bucket_refuses_reader::CHECK,
    &edge_log_bucket::CHECK,
    &edge_option_idle::CHECK,
    &endpoint_single_zone::CHECK,
    &endpoint_twice_in_zone::CHECK,
    &endpoint_port_closed::CHECK,
    &endpoint_names_off::CHECK,
    &gateway_endpoint_unrouted::CHECK,
    &endpoint_policy_open::CHECK,
    &execute_api_private_names::CHECK,
    &endpoint_open::CHECK,
    &account_services_off::CHECK,
    &recorder_without_channel::CHECK,
    &hub_without_sources::CHECK,
    &trail_unvalidated::CHECK,
    &trail_unlocked::CHECK,
    &balancer_single_zone::CHECK,
    &balancer_subnet_too_small::CHECK,
    &balancer_in_private_subnet::CHECK,
    &no_https::CHECK,
    &old_tls_policy::CHECK,
    &access_logs_off::CHECK,
    &target_zone_not_enabled::CHECK,
    &slow_health_check::CHECK,
    &long_draining::CHECK,
    &uneven_zones::CHECK,
    &zonal_shift_off::CHECK,
    &health_timeout::CHECK,
    &certificate_missing::CHECK,
    &certificate_unusable::CHECK,
    &health_path::CHECK,
    &bad_name::CHECK,
    &attribute_range::CHECK,
    &access_log_bucket::CHECK,
    &vpc_size::CHECK,
    &vpc_reserved_range::CHECK,
    &range_host_bits::CHECK,
    &vpc_docker_range::CHECK,
    &vpc_public_range::CHECK,
    &secondary_range::CHECK,
    &subnet_outside_vpc::CHECK,
    &subnet_overlap::CHECK,
    &subnet_size::CHECK,
    &subnet_exhaustion::CHECK,
    &no_room_for_third_zone::CHECK,
    &tier_missing_in_zone::CHECK,
    &single_zone_vpc::CHECK,
    &tier_in_one_zone::CHECK,
    &quota_exceeded::CHECK,
    &zones_beyond_region::CHECK,
    &zone_without_types::CHECK,
    &zone_by_name::CHECK,
    &application_without_public::CHECK,
    &no_flow_logs::CHECK,
    &no_trail::CHECK,
    &log_retention::CHECK,
    &no_alarms::CHECK,
    &alarms_reach_nobody::CHECK,
    &bad_email::CHECK,
    &runs_unwatched::CHECK,
    &peering_overlap::CHECK,
    &peering_without_return::CHECK,
    &peering_transitive::CHECK,
    &peering_names_public::CHECK,
    &group_of_another_region::CHECK,
    &peering_packet_size::CHECK,
    &peering_mesh::CHECK,
    &peers_overlap::CHECK,
    &caller_cut_off::CHECK,
    &entry_without_gateway_route::CHECK,
    &gateway_not_attached::CHECK,
    &workload_on_gateway_route::CHECK,
    &nat_in_private_subnet::CHECK,
    &nat_without_address::CHECK,
    &nat_single_az::CHECK,
    &nat_of_another_zone::CHECK,
    &regional_nat_missing_zone::CHECK,
    &regional_nat_properties::CHECK,
    &blackhole_route::CHECK,
    &duplicate_route::CHECK,
    &main_route_table::CHECK,
    &nat_self_route::CHECK,
    &nat_for_aws_services::CHECK,
    &nat_unused::CHECK,
    &no_way_out::CHECK,
    &vpn_unrouted::CHECK,
    &vpn_single_customer_gateway::CHECK,
    &gateway_without_use::CHECK,
    &cut_off_between_windows::CHECK,
    &management_overlap::CHECK,
    &vpn_keys_shown::CHECK,
    &bucket_public::CHECK,
    &bucket_unversioned::CHECK,
    &origin_open::CHECK,
    &bucket_one_zone::CHECK,
    &bucket_policy_open::CHECK,
    &admin_port_open::CHECK,
    &broken_chain::CHECK,
    &database_port_open::CHECK,
    &chain_missing_link::CHECK,
    &database_egress_open::CHECK,
    &security_group_quota::CHECK,
    &security_group_circle::CHECK,
    &rule_ports::CHECK,
    &function_single_zone::CHECK,
    &function_in_public_subnet::CHECK,
    &function_without_destination::CHECK,
    &queue_without_dead_letters::CHECK,
    &visibility_timeout::CHECK,
    &function_without_proxy::CHECK,
    &burst_without_queue::CHECK,
    &function_timeout::CHECK,
    &function_log_group::CHECK,
    &function_wide_policies::CHECK,
    &function_runtime_old::CHECK,
    &function_egress_open::CHECK,
    &express_too_short::CHECK,
    &machine_log_off::CHECK,
    &machine_without_timeout::CHECK,
    &machine_endless::CHECK,
    &machine_unread::CHECK,
    &schedule_dead_letters::CHECK,
    &schedule_stale::CHECK,
    &schedule_late::CHECK,
    &schedule_without_zone::CHECK,
    &mapping_whole_batches::CHECK,
    &mapping_uncapped::CHECK,
    &dead_letters_short::CHECK,
    &redrive_at_once::CHECK,
    &queue_policy_open::CHECK,
    &workers_all_spot::CHECK,
    &consumer_cut_off::CHECK,
    &batch_too_large::CHECK,
];

/// Runs every rule: the worst findings first, and of these the causes before what follows from them.
pub fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in ALL {
        (check.run)(subject, &mut findings);
    }
    if let Some(design) = subject.design {
        remedy::keep_what_holds(design, &mut findings);
    }
    findings.sort_by_cached_key(|it| {
        (
            it.check.severity,
            depth(subject.topology, it),
            it.check.code,
        )
    });
    findings
}

/// How much lies below what a finding is about: nothing for the design as a whole, then the resources in the order in
/// which they are deployed. What is wrong with a VPC explains what is wrong in its subnets.
fn depth(topology: &Topology, finding: &Finding) -> Option<(usize, usize)> {
    let first = finding.at.first()?;
    let place = topology.nodes().iter().position(|it| it.name == *first);
    // A part, or a name that nothing has, has no place of its own.
    let place = place.unwrap_or(topology.nodes().len());
    let stack = topology
        .node(first)
        .map_or(topology.stacks.len(), |it| it.stack);
    Some((stack, place))
}
