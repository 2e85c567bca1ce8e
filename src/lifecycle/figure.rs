//! How long things take. None of it is promised by AWS: these are modelled, inside of the ranges that it names.

/// Seconds of a call of a state, a function's included.
pub const CALL_S: u64 = 1;

/// Seconds that a gateway is pending: AWS's user guide has it become available within minutes, usually one to three.
pub const PENDING_S: u64 = 120;

/// Seconds that a gateway is deleting: usually one to five minutes.
pub const DELETING_S: u64 = 180;

/// Seconds from an open's start to the close that overlaps it.
pub const OVERLAP_S: u64 = 60;

/// Seconds after which somebody deletes a route by hand.
pub const BY_HAND_S: u64 = 60;
