//! How long the parts of a run can take at most, so that none outlives the run and none waits for ever.

use super::Settings;

/// Seconds that one attempt of a call may take.
pub(super) const CALL_S: u32 = 30;

/// Seconds that a function may take: it ends before the machine gives up waiting for it.
pub const FUNCTION_TIMEOUT_S: u32 = 20;

/// The longest wait between two attempts, in intervals.
pub(super) const MAX_DELAY: u32 = 8;

/// Looks at a route that could not be added, and at addresses that could not be released.
pub(super) const LOOKS: u32 = 2;

/// Seconds by which each wait for another run is longer than the one before: often at first, and still few in all.
pub(super) const LONGER_S: u32 = 5;

/// Seconds for the states between the calls.
const BETWEEN_S: u32 = 600;

/// Seconds of a call with all its attempts.
fn call_s(settings: &Settings) -> u32 {
    let delay = |attempt: u32| 2u32.saturating_pow(attempt).min(MAX_DELAY) * settings.interval_s;
    (settings.attempts + 1) * CALL_S + (0..settings.attempts).map(delay).sum::<u32>()
}

/// Looks at a gateway that fit into the 25,000 events that a run's history may have (Step Functions quotas), where each of the
/// calls around a look fails at each attempt: for all gateways together.
const LOOKS_IN_HISTORY: u32 = 120;

/// The settings with looks so far apart that a run of so many gateways never fills its history.
pub(super) fn fitting(settings: &Settings, gateways: usize) -> Settings {
    let gateways = u32::try_from(gateways).unwrap_or(u32::MAX).max(1);
    let most = (LOOKS_IN_HISTORY / gateways).max(1);
    let minutes = settings.create_minutes.max(settings.delete_minutes);
    Settings {
        poll_s: settings.poll_s.max((minutes * 60).div_ceil(most)),
        ..*settings
    }
}

fn looks(settings: &Settings, minutes: u32) -> u32 {
    (minutes * 60).div_ceil(settings.poll_s.max(1)).max(1)
}

/// Looks at a gateway until it must be available.
pub(super) fn create_looks(settings: &Settings) -> u32 {
    looks(settings, settings.create_minutes)
}

/// Looks at gateways until they must be gone.
pub(super) fn delete_looks(settings: &Settings) -> u32 {
    looks(settings, settings.delete_minutes)
}

/// Seconds of a run that has its turn, every call at its slowest: opening that fails late, and then closing.
pub(super) fn work_s(settings: &Settings) -> u32 {
    let call = call_s(settings);
    // Each look after a wait; before, gateways are found, an address allocated and a gateway created.
    let up = 3 * call + create_looks(settings) * (settings.poll_s + call);
    let routes = (2 * LOOKS + 1) * call;
    // Gateways found, a route read and removed, a gateway deleted, a wait, and a look.
    let down = delete_looks(settings) * (settings.poll_s + 5 * call);
    let addresses = (LOOKS + 1) * 2 * call;
    up + routes + down + addresses + 2 * call + BETWEEN_S
}

/// Tries to get one's turn: their waits alone are longer than any run's work.
pub(super) fn turns(settings: &Settings) -> u32 {
    let mut waited = 0;
    let mut turns = 0;
    while waited < work_s(settings) {
        waited += settings.poll_s + turns * LONGER_S;
        turns += 1;
    }
    turns
}

/// Seconds that the whole execution may take: more than everything in it together.
pub fn timeout_s(settings: &Settings) -> u32 {
    let turns = turns(settings);
    let waits = turns * settings.poll_s + turns * turns / 2 * LONGER_S;
    waits + (turns + 1) * 4 * call_s(settings) + work_s(settings)
}
