//! Our own icons: line drawings on a grid of 24, one stroke width, drawn from what the thing does.
//!
//! None is AWS's artwork or derived from it. A path is stroked, never filled, with round caps and joins.

use super::Sign;
use crate::aws::Glyph;

/// Side of the grid that every path is drawn on.
pub const GRID: f64 = 24.0;

/// Path data of a glyph.
fn glyph(glyph: Glyph) -> &'static str {
    match glyph {
        Glyph::Users => {
            "M9 11.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5zM3 19c0-3.2 2.7-5 6-5s6 1.8 6 5zM15.5 5.2a3.25 3.25 0 0 1 0 6.1M17.4 14.4c2.2.6 3.6 2.2 3.6 4.6h-2.6"
        }
        Glyph::Client => {
            "M4.5 4.5h15A1.5 1.5 0 0 1 21 6v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 15V6a1.5 1.5 0 0 1 1.5-1.5zM12 16.5V20M8 20h8"
        }
        Glyph::Internet => {
            "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM4 9.2h16M4 14.8h16M12 3.5c-5 4.6-5 12.4 0 17M12 3.5c5 4.6 5 12.4 0 17"
        }
        Glyph::InternetGateway => {
            "M5 20v-9a7 7 0 0 1 14 0v9M3 20h4M17 20h4M12 20.5v-9M9.4 14l2.6-2.6 2.6 2.6M9.4 18l2.6 2.6 2.6-2.6"
        }
        Glyph::NatGateway => {
            "M3.5 6H7c3 0 2.5 6 5.5 6M3.5 12h17M3.5 18H7c3 0 2.5-6 5.5-6M17.5 8.8l3.2 3.2-3.2 3.2"
        }
        Glyph::Endpoint => {
            "M3.5 12h6.5M17 9.2a4 4 0 1 0 0 5.6M14 12h6.5M18.3 9.8l2.2 2.2-2.2 2.2M3.5 5v14"
        }
        Glyph::ElasticIp => {
            "M7.5 7h9a5 5 0 0 1 0 10h-9a5 5 0 0 1 0-10zM8.5 9.8v4.4M12.5 14.2V9.8h2a1.5 1.5 0 0 1 0 3h-2"
        }
        Glyph::RouteTable => {
            "M5.5 4.5h13a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2v-11a2 2 0 0 1 2-2zM3.5 9.5h17M7.5 14.5h9M13.8 12l2.7 2.5-2.7 2.5"
        }
        Glyph::NetworkAcl => {
            "M5.5 4h13A1.5 1.5 0 0 1 20 5.5v13a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5v-13A1.5 1.5 0 0 1 5.5 4zM7 8.8l1.3 1.3 2.5-2.7M13.5 8.8H17M7.4 13.8l3 3M10.4 13.8l-3 3M13.5 15.3H17"
        }
        Glyph::Peering => {
            "M2.5 5h4v14h-4zM17.5 5h4v14h-4zM9 9h6M12.8 6.8L15 9l-2.2 2.2M15 15H9M11.2 12.8L9 15l2.2 2.2"
        }
        Glyph::TransitGateway => {
            "M3.5 3.5h4v4h-4zM16.5 3.5h4v4h-4zM3.5 16.5h4v4h-4zM16.5 16.5h4v4h-4zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM7.5 7.5l2.4 2.4M16.5 7.5l-2.4 2.4M7.5 16.5l2.4-2.4M16.5 16.5l-2.4-2.4"
        }
        Glyph::VpnGateway => {
            "M5 20v-9a7 7 0 0 1 14 0v9M3 20h4M17 20h4M9 13.5h6v5H9zM10 13.5V12a2 2 0 0 1 4 0v1.5"
        }
        Glyph::CustomerGateway => {
            "M6 20.5V5a1.5 1.5 0 0 1 1.5-1.5h9A1.5 1.5 0 0 1 18 5v15.5M3.5 20.5h17M10 20.5V17h4v3.5M9.3 7.3h1M13.7 7.3h1M9.3 10.5h1M13.7 10.5h1M9.3 13.7h1M13.7 13.7h1"
        }
        Glyph::LoadBalancer => {
            "M3.5 12H9M9 12c3 0 2.5-6.5 5.5-6.5h5.2M9 12h10.7M9 12c3 0 2.5 6.5 5.5 6.5h5.2M17.8 3.4l2.4 2.1-2.4 2.1M17.8 9.9l2.4 2.1-2.4 2.1M17.8 16.4l2.4 2.1-2.4 2.1"
        }
        Glyph::TargetGroup => {
            "M20.1 9.6a8.5 8.5 0 1 1-5.7-5.7M16.2 10.8a4.5 4.5 0 1 1-3-3M12 12l6-6M18 3v3h3"
        }
        Glyph::Distribution => {
            "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 8V4.6M12 19.4V16M8 12H4.6M19.4 12H16M12 4.6a1 1 0 1 0 0-2 1 1 0 0 0 0 2zM12 21.4a1 1 0 1 0 0-2 1 1 0 0 0 0 2zM3.6 13a1 1 0 1 0 0-2 1 1 0 0 0 0 2zM20.4 13a1 1 0 1 0 0-2 1 1 0 0 0 0 2z"
        }
        Glyph::Api => "M7.5 7L2.8 12l4.7 5M16.5 7l4.7 5-4.7 5M14 4.5l-4 15",
        Glyph::Dns => "M12 3.5v17M12 5.5H6L3.8 7.8 6 10h6M12 12h6l2.2 2.2L18 16.5h-6M9.5 20.5h5",
        Glyph::HealthCheck => {
            "M12 19.5c-4.5-3.3-8-6.4-8-10a4.2 4.2 0 0 1 8-1.9 4.2 4.2 0 0 1 8 1.9c0 3.6-3.5 6.7-8 10zM4.5 12h4l1.5-2.8 2.5 5 1.5-2.2h5.5"
        }
        Glyph::AutoScalingGroup => {
            "M8.5 8.5h7v7h-7zM4 8V5.5A1.5 1.5 0 0 1 5.5 4H8M16 4h2.5A1.5 1.5 0 0 1 20 5.5V8M20 16v2.5a1.5 1.5 0 0 1-1.5 1.5H16M8 20H5.5A1.5 1.5 0 0 1 4 18.5V16"
        }
        Glyph::LaunchTemplate => {
            "M14 3H6.5A1.5 1.5 0 0 0 5 4.5v15A1.5 1.5 0 0 0 6.5 21h11a1.5 1.5 0 0 0 1.5-1.5V8zM14 3v5h5M10 11.3v5.8l4.6-2.9z"
        }
        Glyph::Instance => {
            "M5.5 4h13A1.5 1.5 0 0 1 20 5.5v4a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 9.5v-4A1.5 1.5 0 0 1 5.5 4zM5.5 13h13a1.5 1.5 0 0 1 1.5 1.5v4a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5v-4A1.5 1.5 0 0 1 5.5 13zM7.5 7.5h.1M7.5 16.5h.1M12 7.5h4.5M12 16.5h4.5"
        }
        Glyph::Function => {
            "M8 4h-.5a2 2 0 0 0-2 2v3.5L3.2 12l2.3 2.5V18a2 2 0 0 0 2 2H8M16 4h.5a2 2 0 0 1 2 2v3.5l2.3 2.5-2.3 2.5V18a2 2 0 0 1-2 2H16M10 8.8v6.4l5-3.2z"
        }
        Glyph::Container => {
            "M4.5 6.5h15A1.5 1.5 0 0 1 21 8v8a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16V8a1.5 1.5 0 0 1 1.5-1.5zM7 10v4M10.3 10v4M13.7 10v4M17 10v4"
        }
        Glyph::Registry => {
            "M3.5 20.5V9L12 4l8.5 5v11.5M3 20.5h18M7.5 20.5v-8h9v8M10.5 12.5v8M13.5 12.5v8"
        }
        Glyph::Deployment => {
            "M3.5 12.5h7v7h-7zM13.5 12.5h7v7h-7zM7 9c.6-2.8 2.5-4.5 5-4.5s4.4 1.7 5 4.5M13.8 7.2L17 9l1.9-3.2"
        }
        Glyph::DatabasePrimary => {
            "M12 8.5c4 0 7-1.2 7-2.75S16 3 12 3 5 4.2 5 5.75 8 8.5 12 8.5zM5 5.75v12.5C5 19.8 8 21 12 21s7-1.2 7-2.75V5.75M5 12c0 1.55 3 2.75 7 2.75s7-1.2 7-2.75"
        }
        Glyph::DatabaseStandby => {
            "M12 8.5c4 0 7-1.2 7-2.75S16 3 12 3 5 4.2 5 5.75 8 8.5 12 8.5zM5 5.75v12.5C5 19.8 8 21 12 21s7-1.2 7-2.75V5.75M10 12.2v4.8M14 12.2v4.8"
        }
        Glyph::DatabaseReplica => {
            "M12 8.5c4 0 7-1.2 7-2.75S16 3 12 3 5 4.2 5 5.75 8 8.5 12 8.5zM5 5.75v12.5C5 19.8 8 21 12 21s7-1.2 7-2.75V5.75M8.5 14.5h7M12.8 11.8l2.7 2.7-2.7 2.7"
        }
        Glyph::DatabaseProxy => {
            "M14.5 9c2.9 0 5-.9 5-2s-2.1-2-5-2-5 .9-5 2 2.1 2 5 2zM9.5 7v1.5M19.5 7v10c0 1.1-2.1 2-5 2s-5-.9-5-2v-1.5M3.5 9.5h6M3.5 14.5h6M7.5 7.5l2 2-2 2M7.5 12.5l2 2-2 2"
        }
        Glyph::Table => {
            "M5.5 4h13A1.5 1.5 0 0 1 20 5.5v13a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5v-13A1.5 1.5 0 0 1 5.5 4zM4 9.3h16M9.5 4v16M12.5 13h4.5M12.5 16.5H15"
        }
        Glyph::TableCache => {
            "M20 10V5.5A1.5 1.5 0 0 0 18.5 4h-13A1.5 1.5 0 0 0 4 5.5v13A1.5 1.5 0 0 0 5.5 20H11M4 9.3h16M9.5 4v16M17.5 12.2l-4 5.3h5l-3 4"
        }
        Glyph::CachePrimary => {
            "M6 4.5h12A1.5 1.5 0 0 1 19.5 6v12a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V6A1.5 1.5 0 0 1 6 4.5zM13 7.5l-3.5 5h5l-3.5 4.5M8 2.5v2M12 2.5v2M16 2.5v2M8 19.5v2M12 19.5v2M16 19.5v2"
        }
        Glyph::CacheReplica => {
            "M6 4.5h12A1.5 1.5 0 0 1 19.5 6v12a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V6A1.5 1.5 0 0 1 6 4.5zM8.5 12h7M12.8 9.3l2.7 2.7-2.7 2.7M8 2.5v2M12 2.5v2M16 2.5v2M8 19.5v2M12 19.5v2M16 19.5v2"
        }
        Glyph::Bucket => {
            "M12 8.5c4.1 0 7.5-1.1 7.5-2.5S16.1 3.5 12 3.5 4.5 4.6 4.5 6s3.4 2.5 7.5 2.5zM4.5 6l1.9 12.5c.2 1.2 2.6 2 5.6 2s5.4-.8 5.6-2L19.5 6"
        }
        Glyph::Volume => {
            "M4 14l2.6-8.4a1.5 1.5 0 0 1 1.4-1.1h8a1.5 1.5 0 0 1 1.4 1.1L20 14v4a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18zM4 14h16M7.5 16.8h.1M12 16.8h4.5"
        }
        Glyph::FileSystem => {
            "M3.5 18V6A1.5 1.5 0 0 1 5 4.5h4.5l2.5 3h7A1.5 1.5 0 0 1 20.5 9v9a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18zM12 10.5v2.7M8 16.2v-3h8v3"
        }
        Glyph::Vault => {
            "M5.5 4h13A1.5 1.5 0 0 1 20 5.5v12a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5v-12A1.5 1.5 0 0 1 5.5 4zM12 14.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM12 8.5V7M12 16v-1.5M9 11.5H7.5M16.5 11.5H15M7 19v1.5M17 19v1.5"
        }
        Glyph::Backup => "M4.5 4v4.5H9M4.8 8.5A8 8 0 1 1 4 12.5M12 8v4.3l3 1.7",
        Glyph::Queue => {
            "M3 5h18M3 19h18M3 9h4v6H3zM9.8 9h4v6h-4zM16.5 12H21M18.8 9.5L21.3 12l-2.5 2.5"
        }
        Glyph::Topic => {
            "M12 13.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM8.6 15.4a4.8 4.8 0 0 1 0-6.8M15.4 8.6a4.8 4.8 0 0 1 0 6.8M5.8 18.2a8.8 8.8 0 0 1 0-12.4M18.2 5.8a8.8 8.8 0 0 1 0 12.4"
        }
        Glyph::EventRule => "M3.5 4h17l-6.5 8v5.5l-4 2.7V12z",
        Glyph::Schedule => {
            "M5.5 5.5h13A1.5 1.5 0 0 1 20 7v12a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 19V7a1.5 1.5 0 0 1 1.5-1.5zM8 3.5v4M16 3.5v4M4 10.5h16M12 13v2.8h2.5"
        }
        Glyph::StateMachine => {
            "M12 8.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3.5 15.5h5v5h-5zM15.5 15.5h5v5h-5zM12 8.5V12M6 15.5V12h12v3.5"
        }
        Glyph::Alarm => "M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1.5 1.5H5zM10 20.5h4M12 5.5V3.5",
        Glyph::Dashboard => {
            "M5.5 4h13A1.5 1.5 0 0 1 20 5.5v13a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5v-13A1.5 1.5 0 0 1 5.5 4zM8 16v-3.5M12 16V8M16 16v-5.5"
        }
        Glyph::LogGroup => {
            "M4 5.5h2M10 5.5h10M4 9.8h2M10 9.8h6M4 14.2h2M10 14.2h8.5M4 18.5h2M10 18.5h4"
        }
        Glyph::FlowLog => {
            "M3.5 7c2.8-2.7 5.7-2.7 8.5 0s5.7 2.7 8.5 0M3.5 12c2.8-2.7 5.7-2.7 8.5 0s5.7 2.7 8.5 0M3.5 17c2.8-2.7 5.7-2.7 8.5 0s5.7 2.7 8.5 0"
        }
        Glyph::Trail => {
            "M6.5 19.5h8.5a3.75 3.75 0 0 0 0-7.5H9a3.75 3.75 0 0 1 0-7.5h8.5M4.5 21.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6zM19.5 6.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z"
        }
        Glyph::Configuration => {
            "M8.5 5h-2A1.5 1.5 0 0 0 5 6.5v13A1.5 1.5 0 0 0 6.5 21h11a1.5 1.5 0 0 0 1.5-1.5v-13A1.5 1.5 0 0 0 17.5 5h-2M8.5 3h7v4h-7zM8.5 13.8l2.5 2.5 4.5-5"
        }
        Glyph::Parameter => {
            "M3.5 6h8M16 6h4.5M3.5 12h2M10 12h10.5M3.5 18h10M18 18h2.5M13.8 8.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM7.8 14.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM15.8 20.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z"
        }
        Glyph::Session => {
            "M4.5 5h15A1.5 1.5 0 0 1 21 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5v-11A1.5 1.5 0 0 1 4.5 5zM6.5 9l3 3-3 3M12 15h5"
        }
        Glyph::Stack => {
            "M12 3.5L20.5 8 12 12.5 3.5 8zM3.5 12l8.5 4.5 8.5-4.5M3.5 16l8.5 4.5 8.5-4.5"
        }
        Glyph::SecurityGroup => {
            "M12 3l7.5 2.7v5.5c0 4.6-3 8-7.5 9.8-4.5-1.8-7.5-5.2-7.5-9.8V5.7zM8.8 11.8l2.3 2.3 4.2-4.3"
        }
        Glyph::Firewall => {
            "M4 5.5h16v13H4zM4 9.8h16M4 14.2h16M9.5 5.5v4.3M15 5.5v4.3M12 9.8v4.4M9.5 14.2v4.3M15 14.2v4.3"
        }
        Glyph::Certificate => {
            "M6 3.5h12A1.5 1.5 0 0 1 19.5 5v7M4.5 12V5A1.5 1.5 0 0 1 6 3.5M4.5 11v4A1.5 1.5 0 0 0 6 16.5h4M8 7.5h8M8 10.5h4M15 18.2a3.1 3.1 0 1 0 0-6.2 3.1 3.1 0 0 0 0 6.2zM13 17.8v3.7l2-1.2 2 1.2v-3.7"
        }
        Glyph::Role => {
            "M4.5 5h15A1.5 1.5 0 0 1 21 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5v-11A1.5 1.5 0 0 1 4.5 5zM9 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM5.8 16c.3-1.3 1.5-2 3.2-2s2.9.7 3.2 2M15 9.5h3M15 13h3"
        }
        Glyph::Key => {
            "M15.5 13a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM12.3 11.7L4 20M7 17l2.5 2.5M10 14l1.8 1.8M16.5 7.5h.1"
        }
        Glyph::Secret => {
            "M4 6h16a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 20 18H4a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 4 6zM8 9.5v5M5.8 10.7l4.4 2.6M10.2 10.7l-4.4 2.6M16 9.5v5M13.8 10.7l4.4 2.6M18.2 10.7l-4.4 2.6"
        }
        Glyph::ThreatDetector => {
            "M2.5 12c2.4-4.3 5.5-6.5 9.5-6.5s7.1 2.2 9.5 6.5c-2.4 4.3-5.5 6.5-9.5 6.5S4.9 16.3 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z"
        }
        Glyph::DataScanner => {
            "M19 9.5V7l-4-4H6.5A1.5 1.5 0 0 0 5 4.5v15A1.5 1.5 0 0 0 6.5 21h4M15 3v4h4M8.5 8h2.5M8.5 12H10M15.5 18.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM17.7 17.7L21 21"
        }
        Glyph::VulnerabilityScanner => {
            "M12 20.5c-3 0-5-2.3-5-5.5v-3a2 2 0 0 1 2-2h6a2 2 0 0 1 2 2v3c0 3.2-2 5.5-5 5.5zM12 10v10.5M9 10a3 3 0 0 1 6 0M9.9 7.2L8 4M14.1 7.2L16 4M7 14H3.5M17 14h3.5M7.3 11L4.5 8.5M16.7 11l2.8-2.5M7.8 17.5l-2.8 2.5M16.2 17.5L19 20"
        }
        Glyph::SecurityHub => {
            "M12 3l7.5 2.7v5.5c0 4.6-3 8-7.5 9.8-4.5-1.8-7.5-5.2-7.5-9.8V5.7zM8.3 8.7h7.4M8.3 12.2h7.4M10 15.7h4"
        }
        Glyph::Generic => {
            "M12 3.5l7.5 4.2v8.6L12 20.5l-7.5-4.2V7.7zM4.5 7.7L12 12l7.5-4.3M12 12v8.5"
        }
    }
}

/// Path data of a sign: of a glyph, or of the corner mark of a frame.
pub fn outline(sign: Sign) -> &'static str {
    match sign {
        Sign::Glyph(it) => glyph(it),
        Sign::Region => {
            "M12 21c4-4.6 6.5-7.9 6.5-11a6.5 6.5 0 0 0-13 0c0 3.1 2.5 6.4 6.5 11zM12 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z"
        }
        Sign::Vpc => {
            "M7.5 18.5a4.5 4.5 0 0 1-.6-8.96A5.5 5.5 0 0 1 17.3 9.1a4.72 4.72 0 0 1-.3 9.4z"
        }
        Sign::PublicSubnet => {
            "M6.5 11h11A1.5 1.5 0 0 1 19 12.5v6a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18.5v-6A1.5 1.5 0 0 1 6.5 11zM8 11V7.5a4 4 0 0 1 7.8-1.2M12 14.5v2"
        }
        Sign::PrivateSubnet => {
            "M6.5 11h11A1.5 1.5 0 0 1 19 12.5v6a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18.5v-6A1.5 1.5 0 0 1 6.5 11zM8 11V8a4 4 0 0 1 8 0v3M12 14.5v2"
        }
    }
}

/// AWS's service category of a glyph: the class that colors its tile. Application integration has the color of management,
/// developer tools that of databases.
pub fn category(glyph: Glyph) -> &'static str {
    match glyph {
        Glyph::Users | Glyph::Client | Glyph::Internet | Glyph::Generic => "general",
        Glyph::InternetGateway
        | Glyph::NatGateway
        | Glyph::Endpoint
        | Glyph::ElasticIp
        | Glyph::RouteTable
        | Glyph::NetworkAcl
        | Glyph::Peering
        | Glyph::TransitGateway
        | Glyph::VpnGateway
        | Glyph::CustomerGateway
        | Glyph::LoadBalancer
        | Glyph::TargetGroup
        | Glyph::Distribution
        | Glyph::Dns
        | Glyph::HealthCheck => "network",
        Glyph::AutoScalingGroup
        | Glyph::LaunchTemplate
        | Glyph::Instance
        | Glyph::Function
        | Glyph::Container
        | Glyph::Registry => "compute",
        Glyph::DatabasePrimary
        | Glyph::DatabaseStandby
        | Glyph::DatabaseReplica
        | Glyph::DatabaseProxy
        | Glyph::Table
        | Glyph::TableCache
        | Glyph::CachePrimary
        | Glyph::CacheReplica
        | Glyph::Deployment => "database",
        Glyph::Bucket | Glyph::Volume | Glyph::FileSystem | Glyph::Vault | Glyph::Backup => {
            "storage"
        }
        Glyph::Api
        | Glyph::Queue
        | Glyph::Topic
        | Glyph::EventRule
        | Glyph::Schedule
        | Glyph::StateMachine
        | Glyph::Alarm
        | Glyph::Dashboard
        | Glyph::LogGroup
        | Glyph::FlowLog
        | Glyph::Trail
        | Glyph::Configuration
        | Glyph::Parameter
        | Glyph::Session
        | Glyph::Stack => "management",
        Glyph::SecurityGroup
        | Glyph::Firewall
        | Glyph::Certificate
        | Glyph::Role
        | Glyph::Key
        | Glyph::Secret
        | Glyph::ThreatDetector
        | Glyph::DataScanner
        | Glyph::VulnerabilityScanner
        | Glyph::SecurityHub => "security",
    }
}
