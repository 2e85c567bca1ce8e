//! NAT gateways that exist only inside the windows of a schedule.

pub mod definition;
pub mod permissions;
