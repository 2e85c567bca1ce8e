//! What leaves the program comes back as it was, and what was damaged on the way says so.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use azimuth::blueprint::{base, link, open_link};
use azimuth::design::link::Shared;
use azimuth::design::{Design, OptionKind, Override, document, options};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn s1() -> Design {
    base("multi-tier-web").unwrap()
}

fn at_rest(design: Design) -> Shared {
    Shared {
        design,
        fault: String::new(),
        at: 0,
    }
}

/// A text that an option of a kind takes.
fn value(kind: OptionKind) -> BoxedStrategy<String> {
    match kind {
        OptionKind::Switch => any::<bool>().prop_map(|it| it.to_string()).boxed(),
        OptionKind::Whole { min, max } => (min..=max).prop_map(|it| it.to_string()).boxed(),
        OptionKind::Choice(values) => proptest::sample::select(values)
            .prop_map(str::to_owned)
            .boxed(),
        OptionKind::Range => (any::<[u8; 4]>(), 0_u8..=32)
            .prop_map(|([a, b, c, d], length)| format!("{a}.{b}.{c}.{d}/{length}"))
            .boxed(),
        OptionKind::Ranges => Just("auto,10.0.9.0/24".to_owned()).boxed(),
        OptionKind::Blocks { max: 1 } => Just("192.168.100.0/24".to_owned()).boxed(),
        OptionKind::Blocks { .. } => Just("100.64.0.0/16,10.1.0.0/16".to_owned()).boxed(),
        OptionKind::Places { .. } => Just("auto,10.9.0.0/16".to_owned()).boxed(),
        OptionKind::Labels { .. } => Just("shared,tools".to_owned()).boxed(),
        OptionKind::Addresses { .. } => Just("203.0.113.10,198.51.100.20".to_owned()).boxed(),
        OptionKind::Windows { max: 1 } => Just("sat 20:00-21:00".to_owned()).boxed(),
        OptionKind::Windows { .. } => {
            Just("mon-fri 22:00-02:00, sun 03:00-04:00".to_owned()).boxed()
        }
        OptionKind::Curve { .. } => Just("0:1, 5:7.5, 6:0".to_owned()).boxed(),
        OptionKind::Words { max } => {
            let pattern = format!("[a-zA-Z0-9 ~=%#&+é漢/:@-]{{0,{}}}", max.min(30));
            proptest::string::string_regex(&pattern)
                .unwrap()
                .prop_map(|it| it.trim().to_owned())
                .boxed()
        }
    }
}

/// A design with some options changed.
fn designs() -> impl Strategy<Value = Design> {
    let all: Vec<_> = options().collect();
    let one = proptest::sample::select(all)
        .prop_flat_map(|spec| value((spec.kind)()).prop_map(move |given| (spec.key, given)));
    (proptest::collection::vec(one, 0..12), "[a-z ~=漢]{0,20}").prop_map(|(edits, title)| {
        let mut design = s1();
        for (key, given) in edits {
            design.set(key, &given).unwrap();
        }
        design.title = azimuth::design::Setting::parse(&title).unwrap();
        design
    })
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn a_link_opens_as_what_was_shared(design in designs(), fault in "(az:[a-f]|node:[A-Za-z.]{1,20})?", at in 0_u32..4000) {
        let at = if fault.is_empty() { 0 } else { at };
        let shared = Shared { design, fault, at };
        prop_assert_eq!(open_link(&link(&shared)).unwrap(), shared);
    }

    #[test]
    fn a_file_opens_as_what_was_written(design in designs()) {
        prop_assert_eq!(document::read(&document::write(&design), &base).unwrap(), design);
    }

    #[test]
    fn a_link_that_was_cut_off_is_refused(design in designs(), cut in 1_usize..20) {
        let payload = link(&at_rest(design));
        let kept: String = payload.chars().take(payload.chars().count().saturating_sub(cut)).collect();
        prop_assert!(open_link(&kept).is_err(), "{}", kept);
    }

    #[test]
    fn noise_is_refused_and_never_a_panic(noise in "\\PC{0,300}", bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = open_link(&noise);
        let _ = open_link(&format!("#1z{noise}"));
        prop_assert!(document::read(&noise, &base).is_err());
        prop_assert!(document::read(&String::from_utf8_lossy(&bytes), &base).is_err());
    }

    #[test]
    fn any_text_for_any_option_is_taken_or_refused_and_never_half(given in "\\PC{0,60}") {
        for spec in options() {
            let mut design = s1();
            if design.set(spec.key, &given).is_err() {
                prop_assert_eq!(&design, &s1());
            }
        }
    }

    #[test]
    fn any_design_expands_and_prices_without_a_panic(design in designs()) {
        let topology = design.expand();
        let names: std::collections::BTreeSet<_> = topology.nodes().iter().map(|it| &it.name).collect();
        prop_assert_eq!(names.len(), topology.nodes().len());
        azimuth::cost::bill(&topology, &design.assumptions);
        azimuth::topology::links(&topology);
    }
}

#[test]
fn no_two_options_share_a_key() {
    let mut keys: Vec<&str> = options().flat_map(|it| [it.key, it.short]).collect();
    keys.sort_unstable();
    let twice: Vec<_> = keys.windows(2).filter(|it| it[0] == it[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn links_are_short() {
    assert!(link(&at_rest(s1())).len() <= 12, "{}", link(&at_rest(s1())));
    let edits = [
        ("network.zones", "3"),
        ("network.nat", "per-az"),
        ("fleet.instance_type", "t4g.small"),
        ("fleet.max", "12"),
        ("balancer.https", "true"),
        ("balancer.health_interval", "10"),
        ("database.engine", "postgres"),
        ("database.retention_days", "30"),
        ("database.deletion_protection", "true"),
        ("network.cidr", "10.20.0.0/16"),
    ];
    let mut design = s1();
    for (key, given) in edits {
        design.set(key, given).unwrap();
    }
    let payload = link(&at_rest(design));
    assert!(
        payload.len() <= 100,
        "{} characters: {payload}",
        payload.len()
    );
}

#[test]
fn overrides_travel_in_links_and_files() {
    let mut design = s1();
    design.overrides = vec![
        Override::Remove {
            resource: "PrivateDefaultRoute".into(),
        },
        Override::Set {
            resource: "Database".into(),
            property: "PubliclyAccessible".into(),
            value: true.into(),
        },
    ];
    assert_eq!(
        open_link(&link(&at_rest(design.clone()))).unwrap().design,
        design
    );
    assert_eq!(
        document::read(&document::write(&design), &base).unwrap(),
        design
    );
    assert!(design.expand().node("PrivateDefaultRoute").is_none());
}

#[test]
fn an_override_that_fits_nothing_leaves_the_design_and_a_note() {
    let mut design = s1();
    design.overrides = vec![
        Override::Remove {
            resource: "Nothing".into(),
        },
        Override::Set {
            resource: "Vpc".into(),
            property: "CidrBlock".into(),
            value: "here".into(),
        },
    ];
    let topology = design.expand();
    assert_eq!(topology.notes.len(), 2);
    assert_eq!(topology.nodes(), s1().expand().nodes());
}

#[test]
fn an_override_that_goes_too_deep_or_takes_a_name_is_a_note() {
    let add = |resource: &str| Override::Add {
        resource: resource.into(),
        stack: "network".into(),
        kind: "AWS::SSM::Parameter".into(),
        properties: serde_json::Map::new(),
    };
    let deep = Override::Set {
        resource: "Vpc".into(),
        property: "a.".repeat(100_000),
        value: true.into(),
    };
    let absent = Override::Set {
        resource: "Vpc".into(),
        property: "Nothing.Inside".into(),
        value: serde_json::Value::Null,
    };
    let mut design = s1();
    design.overrides = vec![deep, add("Vpc"), add("my-bucket"), absent];
    let topology = design.expand();
    assert_eq!(topology.notes.len(), 3);
    assert_eq!(topology.nodes(), s1().expand().nodes());
}

#[test]
fn a_link_published_with_the_first_release_opens_for_ever() {
    let shared = open_link("https://azimuth.example/#1s1~nz=3~ng=per-az~fx=9~tc9x").unwrap();
    assert_eq!(
        shared.design,
        s1().with("network.zones", "3")
            .with("network.nat", "per-az")
            .with("fleet.max", "9")
    );
}

#[test]
fn a_deflated_bomb_is_refused() {
    let bytes = miniz_oxide::deflate::compress_to_vec(&vec![b' '; 50_000_000], 9);
    use base64::Engine;
    let packed = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
    assert!(open_link(&format!("#1z{packed}abc")).is_err());
}
